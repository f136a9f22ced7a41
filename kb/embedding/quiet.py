"""Keep the runtime of the model from calling its makers.

onnxruntime 1.32 looks up and calls a telemetry host of its makers from native code a few seconds
after the first session is made, unless an environment variable says no before it is imported.
"""

import os

_SWITCH = "ORT_DISABLE_TELEMETRY"


def keep_onnxruntime_quiet() -> None:
    """Turn off onnxruntime's telemetry, here and in child processes; call before importing it."""
    os.environ[_SWITCH] = "1"
