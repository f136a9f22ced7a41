"""Colours and type of the chat: a calm green, the reader's own system font, light and dark."""

import gradio as gr

from ingest.shipped_data import read_yaml

# Only fonts already on the reader's machine: nothing to fetch, and no broken subsets.
FONTS = ("Segoe UI", "Helvetica Neue", "Roboto", "Noto Sans", "Liberation Sans", "system-ui")

_STEPS = ("xxs", "xs", "sm", "md", "lg", "xl", "xxl")


def text_size() -> gr.themes.sizes.Size:
    """Return Gradio's large text measured in rem: it grows with the reader's own text size."""
    sizes = gr.themes.sizes.text_lg
    rem = {step: f"{float(getattr(sizes, step).removesuffix('px')) / 16}rem" for step in _STEPS}
    size = gr.themes.sizes.Size(*rem.values())
    size.name = "text_rem"
    return size


def theme() -> gr.themes.Base:
    """Make the theme with the colours of `data/theme.yaml`."""
    colours = read_yaml("web", "theme.yaml")
    accent = gr.themes.Color(**colours["accent"], name="vagvisaren")
    return gr.themes.Base(
        primary_hue=accent,
        secondary_hue=accent,
        neutral_hue=gr.themes.colors.gray,
        text_size=text_size(),
        radius_size=gr.themes.sizes.radius_md,
        font=[*(gr.themes.Font(name) for name in FONTS), gr.themes.Font("sans-serif")],
        font_mono=[gr.themes.Font("ui-monospace"), gr.themes.Font("monospace")],
    ).set(**colours["values"])
