"""What the chat page is made of: the components, where they stand, which of them answers change."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from kb.records import Mode
from web.conversation import MAX_QUESTION, Conversation
from web.reactions import MOST, Given
from web.starters import StarterGroup, questions_of
from web.templating import templates
from web.texts import Wording

RELATED = 4


@dataclass(frozen=True, slots=True)
class Parts:
    """The components that events touch."""

    log: gr.Markdown
    related: tuple[gr.Button, ...]
    talk: gr.Column
    box: gr.Textbox
    ask: gr.Button
    status: gr.Markdown
    new: gr.Button
    role: gr.Radio
    suggested: tuple[gr.Button, ...]
    welcome: gr.Column
    sources: gr.Markdown
    bridge: gr.Textbox
    state: gr.State
    given: gr.State
    chosen: gr.State

    @property
    def outputs(self) -> list[Any]:
        """List what a question changes, in the order `web.chat` gives the updates."""
        first = (self.log, self.sources, self.status, self.box, self.state, self.welcome, self.talk)
        return [*first, *self.related]


def lay_out(page: Wording, starters: Sequence[StarterGroup], *, mode: Mode) -> Parts:
    """Make the components, within an open Blocks: conversation first, sources beside it."""
    with gr.Row(elem_id="yta"):
        with gr.Column(scale=3, min_width=280, elem_id="samtal"):
            _words("intro.html", page, elem_id="intro")
            log, related, talk = _conversation(page)
            box, ask, status, new = _question_box(page)
            _words("notes.html", page, elem_id="lofte", promise=f"promise_{mode}")
            role, suggested, welcome = _starters(page, starters)
        with gr.Column(scale=2, min_width=280, elem_id="kallpanel"):
            sources = gr.Markdown(elem_id="kallor", latex_delimiters=[])
    with gr.Column(elem_id="brygga"):
        bridge = gr.Textbox(elem_id="reaktion", show_label=False, lines=1, max_length=MOST)
    return Parts(
        log=log,
        related=related,
        talk=talk,
        box=box,
        ask=ask,
        status=status,
        new=new,
        role=role,
        suggested=suggested,
        welcome=welcome,
        sources=sources,
        bridge=bridge,
        state=gr.State(Conversation()),
        given=gr.State(Given()),
        chosen=gr.State(starters[0].role if starters else ""),
    )


def _words(template: str, page: Wording, *, elem_id: str, **values: str) -> gr.Markdown:
    html = templates().get_template(template).render(page=page, **values)
    return gr.Markdown(html, elem_id=elem_id, latex_delimiters=[])


def _conversation(page: Wording) -> tuple[gr.Markdown, tuple[gr.Button, ...], gr.Column]:
    with gr.Column(visible=False, elem_id="logg") as talk:
        log = gr.Markdown(elem_id="svar", latex_delimiters=[])
        gr.Markdown(f"### {page.say('related_heading')}", elem_id="vidarerubrik")
        related = tuple(
            gr.Button(
                "", visible=False, size="sm", elem_id=f"vidare-{n}", elem_classes="fraga-vidare"
            )
            for n in range(RELATED)
        )
    return log, related, talk


def _question_box(page: Wording) -> tuple[gr.Textbox, gr.Button, gr.Markdown, gr.Button]:
    with gr.Column(elem_id="fragefalt"):
        with gr.Row(elem_id="fragerad"):
            box = gr.Textbox(
                label=page.say("question_label"),
                placeholder=page.say("placeholder"),
                lines=1,  # with more, Enter makes a new line instead of asking
                max_lines=8,
                max_length=MAX_QUESTION,
                elem_id="fraga",
                scale=1,
            )
            ask = gr.Button(page.say("ask"), variant="primary", elem_id="skicka", scale=0)
        with gr.Row(elem_id="lagesrad"):
            status = gr.Markdown(elem_id="lage", latex_delimiters=[])
            new = gr.Button(page.say("new_conversation"), size="sm", elem_id="nytt", scale=0)
    return box, ask, status, new


def _starters(
    page: Wording, groups: Sequence[StarterGroup]
) -> tuple[gr.Radio, tuple[gr.Button, ...], gr.Column]:
    """Offer the first group's questions, and a choice of role where there are several groups."""
    first = groups[0].role if groups else None
    questions = questions_of(groups, first)
    most = max((len(group.questions) for group in groups), default=0)
    with gr.Column(elem_id="start", visible=bool(groups)) as welcome:
        gr.Markdown(f"## {page.say('starters_heading')}", elem_id="startrubrik")
        role = gr.Radio(
            [(group.label, group.role) for group in groups],
            value=first,
            label=page.say("role_label"),
            elem_id="roll",
            visible=len(groups) > 1,
        )
        with gr.Row(elem_id="startfragor"):
            suggested = tuple(
                gr.Button(
                    "".join(questions[n : n + 1]),
                    visible=n < len(questions),
                    size="sm",
                    elem_id=f"start-{n}",
                    elem_classes="startfraga",
                )
                for n in range(most)
            )
    return role, suggested, welcome
