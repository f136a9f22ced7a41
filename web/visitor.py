"""Who stands behind a request: put there by sign-in, read by every page and interface."""

from starlette.types import Scope

from kb.person import ANYONE, Person

_KEY = "vagvisaren.person"


def visitor_of(scope: Scope) -> Person:
    """Return who makes a request; ANYONE where nobody has signed in."""
    person = scope.get(_KEY, ANYONE)
    return person if isinstance(person, Person) else ANYONE


def with_visitor(scope: Scope, person: Person) -> Scope:
    """Return a request's scope that says who makes it."""
    return {**scope, _KEY: person}
