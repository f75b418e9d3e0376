"""A part of what an exhaustive form of a test tries, another one in every run. The full form is a benchmark.

The seed that decides which part is printed; HG_SAMPLE=SEED in the environment takes the same part again.
"""
import os
import random


def draw():
    """The generator of random numbers that decides."""
    seed = os.environ.get("HG_SAMPLE") or str(random.SystemRandom().randrange(10 ** 6))
    print(f"HG_SAMPLE={seed} takes this sample again", flush=True)
    return random.Random(seed)
