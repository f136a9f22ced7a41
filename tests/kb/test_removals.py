import pytest

from ingest.errors import VagvisarenError
from kb.removals import find_vanished, refuse_mass_removal


def test_only_ids_the_library_has_lost_count() -> None:
    gone = ["plan@1", "rutin@2", "borta@1", "med@snabel@3"]
    assert find_vanished(gone, {"plan", "rutin", "med@snabel"}) == ["borta@1"]


@pytest.mark.parametrize(("vanished", "indexed"), [(0, 0), (2, 2), (3, 15), (20, 100)])
def test_a_few_or_a_small_share_may_go(vanished: int, indexed: int) -> None:
    refuse_mass_removal([f"d{n}@1" for n in range(vanished)], indexed=indexed)


@pytest.mark.parametrize(("vanished", "indexed"), [(3, 3), (3, 14), (21, 100)])
def test_more_than_a_fifth_is_stopped(vanished: int, indexed: int) -> None:
    with pytest.raises(VagvisarenError, match="--accept-removals"):
        refuse_mass_removal([f"d{n}@1" for n in range(vanished)], indexed=indexed)
