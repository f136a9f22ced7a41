"""What `backup` and `restore` do."""

import argparse
import sys

from kb.backup.archive import Contents
from kb.backup.make import make_backup
from kb.backup.restore import check_backup, restore_backup
from kb.journal.events import note_reading
from kb.journal.here import (
    actor_here,
    now,
    opened_journal,
    opened_journal_in_use,
    require,
)
from kb.journal.records import Reading, Role
from kb.present import to_json
from kb.settings import Settings


def run_backup(options: argparse.Namespace, settings: Settings) -> bool:
    """Make a backup; that the journal was read is written in it first."""
    actor = actor_here(settings, by=options.by)
    require(actor, Role.ADMIN, to="säkerhetskopiera")
    moment = now()
    with opened_journal_in_use(settings) as journal:
        with journal.writing() as connection:
            note_reading(connection, Reading("backup", "", 0), actor=actor, now=moment)
        contents = make_backup(
            options.out, library=settings.library, data=settings.data, journal=journal, now=moment
        )
    _tell(options, contents, f"Säkerhetskopian är skriven i {options.out}")
    return False


def run_restore(options: argparse.Namespace, settings: Settings) -> bool:
    """Restore a backup, or only check that it is whole."""
    if options.check:
        contents = check_backup(options.file, scratch=settings.data)
        _tell(options, contents, f"{options.file} är hel")
        return False
    with opened_journal(settings) as journal:
        contents = restore_backup(options.file, library=settings.library, journal=journal)
    _tell(options, contents, f"Återställt i {settings.library}. Kör nu vagvisaren sync")
    return False


def _tell(options: argparse.Namespace, contents: Contents, done: str) -> None:
    counts = {
        "files": sum(name.startswith("library/") for name in contents.parts),
        "rows": sum(contents.rows.values()),
        "bytes": sum(part.size for part in contents.parts.values()),
    }
    if options.json:
        sys.stdout.write(to_json({"made": contents.made, "head": contents.last, **counts}) + "\n")
        return
    n, seal = contents.last
    sys.stdout.write(
        f"{done}. {counts['files']} filer, {counts['rows']} journalrader, "
        f"{counts['bytes'] / 1e6:.1f} MB, från {contents.made[:16].replace('T', ' ')} UTC.\n"
        f"Journalens sigill: {n}:{seal}\n"
    )
