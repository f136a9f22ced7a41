"""What is shipped for running the service names only what is there, and opens only what it must."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
import yaml

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"


def test_everything_the_image_copies_is_there_and_let_in() -> None:
    dockerfile = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    let_in = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    for line in re.findall(r"^COPY (?!--from)(.+)$", dockerfile, re.MULTILINE):
        *sources, _ = line.split()
        for source in sources:
            assert (ROOT / source).exists(), source
            assert any(Path(source).match(one[1:]) for one in let_in if one[0] == "!"), source


def test_the_image_holds_every_package_of_the_program() -> None:
    dockerfile = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    for package in ("ingest", "kb", "web", "evals"):
        assert re.search(rf"^COPY {package} {package}$", dockerfile, re.MULTILINE)


def test_the_days_of_the_image_are_swedish() -> None:
    dockerfile = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    assert "TZ=Europe/Stockholm" in dockerfile.split("FROM ")[-1]


@pytest.mark.slow
def test_an_installed_program_has_every_file_that_it_reads(tmp_path: Path) -> None:
    source = tmp_path / "source"
    parts = ("pyproject.toml", "README.md", "app.py", "ingest", "kb", "web", "evals")
    source.mkdir()
    for part in parts:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, source / part)
    subprocess.run(
        [sys.executable, "-c", "import setuptools.build_meta as b; b.build_wheel('..')"],
        cwd=source, check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = tmp_path.glob("*.whl")
    packed = set(ZipFile(wheel).namelist())
    tracked = subprocess.run(
        ["git", "ls-files", *parts[3:]], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split()
    assert {name for name in tracked if not name.startswith('"')} - packed == set()


def test_only_the_proxy_is_open_to_the_network() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]
    assert [name for name, one in services.items() if "ports" in one] == ["proxy"]
    assert "front" not in services["database"]["networks"] + services["chroma"]["networks"]


def test_the_replicas_may_write_only_their_own_state() -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    replicas = [compose["services"][name] for name in ("app-1", "app-2")]
    assert len({one["volumes"][1] for one in replicas}) == 2
    for one in replicas:
        assert one["read_only"] is True
        assert one["cap_drop"] == ["ALL"]
        assert one["volumes"][0].endswith(":ro")
    assert compose["networks"]["back"]["internal"] is True


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd")
def test_the_units_are_sound(tmp_path: Path) -> None:
    for path in DEPLOY.glob("vagvisaren*.*"):
        text = path.read_text(encoding="utf-8").replace(
            "/opt/vagvisaren/bin/vagvisaren", "/bin/true"
        )
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    units = sorted(map(str, [*tmp_path.glob("*.service"), *tmp_path.glob("*.timer")]))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
