"""Say in plain words what the operating system refused."""

import errno


def explain(error: OSError) -> str:
    """Say in one line what an operating system error means and what to do."""
    where = f" ({error.filename})" if error.filename else ""
    if error.errno == errno.ENOSPC:
        return f"Disken är full{where}. Frigör utrymme och kör igen; inget har gått förlorat."
    if error.errno in (errno.EACCES, errno.EROFS, errno.EPERM):
        return f"Får inte läsa eller skriva{where}. Välj en annan mapp med --data eller --library."
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return f"Filen eller mappen finns inte{where}. Rätta sökvägen eller skapa mappen."
    if error.errno == errno.EISDIR:
        return f"Det är en mapp och ingen fil{where}. Skriv filens namn också."
    if error.errno == errno.EADDRINUSE:
        return "Porten är upptagen. Välj en annan med --port."
    return f"{error.strerror or error}{where}. Kör vagvisaren doctor för att se vad som är fel."
