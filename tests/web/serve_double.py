"""Serve the double on a free port, as `vagvisaren serve` serves the real guide."""

from tests.web.guide_double import DoubleGuide
from tests.web.originals_double import originals_double
from web.server import serve
from web.site import Site

if __name__ == "__main__":
    serve(DoubleGuide(), Site(originals=originals_double()), port=0)
