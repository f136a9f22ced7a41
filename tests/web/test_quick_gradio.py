"""Gradio is imported without its stubs, and nothing else is found differently."""

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

from web.quick_gradio import without_stubs

PROOF = """
from web.quick_gradio import without_stubs
with without_stubs():
    import gradio
    from gradio import component_meta
assert gradio.Textbox(label="x").label == "x"
component_meta.create_pyi = lambda *_: print("written")
with without_stubs():
    component_meta.create_or_modify_pyi(gradio.Textbox, "Textbox", [])
"""


def test_no_stub_is_written_and_components_work() -> None:
    ran = subprocess.run([sys.executable, "-c", PROOF], capture_output=True, text=True, check=True)
    assert ran.stdout == ""


def test_others_find_their_files_meanwhile_and_afterwards() -> None:
    before = inspect.getfile
    with without_stubs():
        assert Path(inspect.getfile(Path)).name == "pathlib.py"
    assert inspect.getfile is before


def test_the_writer_is_asked_for_in_the_release_in_use() -> None:
    meta = pytest.importorskip("gradio.component_meta")
    assert "inspect.getfile(component_class)" in inspect.getsource(meta.create_or_modify_pyi)


def test_no_queue_of_an_idle_server_wakes_it_more_than_a_hundred_times_a_second() -> None:
    source = """
from tests.web.guide_double import DoubleGuide
from web.application import build_app
from web.site import Site
site = Site()
build_app(DoubleGuide(), site)
print(*(queue().sleep_when_free for queue in site.operation.running._queues))
"""
    ran = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)
    waits = [float(wait) for wait in ran.stdout.split()]
    assert len(waits) == 2
    assert min(waits) >= 0.01
