"""Run nginx with the shipped configuration before two replicas on this machine."""

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SHIPPED = Path(__file__).parents[2] / "deploy" / "nginx.conf"
_HOURGLASS = 200  # looks for an open port, 50 ms apart


def can_proxy() -> bool:
    """Tell whether nginx and openssl are installed."""
    return bool(shutil.which("nginx") and shutil.which("openssl"))


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


@contextmanager
def proxied(folder: Path, *, replicas: tuple[int, int]) -> Iterator[str]:
    """Yield the address of a proxy before the replicas at two ports; its logs lie in `folder`."""
    _make_certificate(folder)
    port = free_port()
    conf = folder / "nginx.conf"
    text = SHIPPED.read_text(encoding="utf-8")
    conf.write_text(fitted(text, folder, port=port, replicas=replicas), encoding="utf-8")
    with subprocess.Popen(["nginx", "-c", str(conf), "-g", "daemon off;"], cwd=folder) as proxy:
        try:
            for _ in range(_HOURGLASS):
                with socket.socket() as knock:
                    if knock.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.05)
            yield f"https://127.0.0.1:{port}"
        finally:
            proxy.terminate()


def fitted(text: str, folder: Path, *, port: int, replicas: tuple[int, int]) -> str:
    """Return the shipped configuration with addresses and folders of this machine in it."""
    for name, replica in zip(("app-1:7860", "app-2:7860"), replicas, strict=True):
        text = text.replace(name, f"127.0.0.1:{replica}")
    text = text.replace("listen 443", f"listen 127.0.0.1:{port}")
    text = text.replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
    text = text.replace("/etc/nginx/tls", str(folder)).replace("/tmp/nginx.pid", f"{folder}/pid")  # noqa: S108
    text = re.sub(r"/dev/std(out|err)", rf"{folder}/\1.log", text)
    places = f"client_body_temp_path {folder}/body;\n  proxy_temp_path {folder}/proxied;"
    return text.replace("  server_tokens off;", f"  {places}\n  server_tokens off;")


def _make_certificate(folder: Path) -> None:
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-subj", "/CN=localhost", "-days", "2",
         "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
