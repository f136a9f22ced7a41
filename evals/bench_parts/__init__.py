"""The parts of the benchmark that need something built."""
