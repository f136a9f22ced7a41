"""What a process takes of the machine, as Linux tells it: memory and processor time."""

import os
from dataclasses import dataclass
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Taken:
    """MiB of memory in use (resident), and seconds of processor time since the start."""

    memory: float
    seconds: float


def taken_by(process: int) -> Taken:
    """Return what a process takes now.

    Raises:
        FileNotFoundError: it has ended.
    """
    folder = Path("/proc") / str(process)
    stat = (folder / "stat").read_text(encoding="ascii", errors="replace")
    statm = (folder / "statm").read_text(encoding="ascii")
    return Taken(memory=resident(statm), seconds=processor_seconds(stat))


def resident(statm: str) -> float:
    """Return MiB from the line of `/proc/PID/statm`."""
    return int(statm.split()[1]) * _PAGE / 2**20


def processor_seconds(stat: str) -> float:
    """Return seconds from the line of `/proc/PID/stat`; a name in it may hold anything."""
    fields = stat.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def machine() -> str:
    """Return a line about the machine: processor, cores, memory, load of the last minute."""
    about = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    model = next((one.partition(":")[2].strip() for one in about if "model name" in one), "")
    memory = os.sysconf("SC_PHYS_PAGES") * _PAGE / 2**30
    load = os.getloadavg()[0]
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GiB; load before it began {load:.1f}"
