"""PyTorch's gradcheck on right and wrong textbook derivatives: false failures and false passes, on the cases of
bench_corpus. peers.py BENCH_CORPUS. Ends with 77 (skipped) where PyTorch is missing."""

import collections
import math
import subprocess
import sys
import warnings

try:
    import torch
except ImportError:
    print("PyTorch is missing")
    sys.exit(77)

warnings.filterwarnings("ignore")
SQUARE_ROOT_2 = math.sqrt(2)

CURVES = {
    "sigmoid": lambda x: 1 / (1 + torch.exp(-x)),
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky relu": lambda x: torch.where(x > 0, x, x / 100),
    "elu": lambda x: torch.where(x > 0, x, torch.expm1(x)),
    "softplus": lambda x: torch.log1p(torch.exp(x)),
    "gelu": lambda x: x * torch.erfc(-x / SQUARE_ROOT_2) / 2,
    "swish": lambda x: x / (1 + torch.exp(-x)),
    "log": torch.log,
    "sqrt": torch.sqrt,
    "squared loss": lambda x: (2 * x - 0.7) ** 2 / 2,
    "bce of p (y = 1)": lambda x: -torch.log(x),
    "bce of p (y = 0)": lambda x: -torch.log(1 - x),
    "bce of z (y = 1)": lambda x: torch.relu(x) - x + torch.log1p(torch.exp(-x.abs())),
    "bce of z (y = 0)": lambda x: torch.relu(x) + torch.log1p(torch.exp(-x.abs())),
    "sin^2": lambda x: torch.sin(x) ** 2,
    "exp(-x^2/2)": lambda x: torch.exp(-x * x / 2),
    "1/(1+x^2)": lambda x: 1 / (1 + x * x),
    "x^3": lambda x: x * x * x,
}

VARIANTS = {
    "as written": lambda f, x: f(x),
    "float32": lambda f, x: f(x.float()).double(),
    "noisy 1e-9": lambda f, x: f(x) * (1 + 1e-9 * torch.sin(1e17 * x)),
    "f + 1e6": lambda f, x: f(x) + 1e6,
    "loss x 1e-7": lambda f, x: 1e-7 * f(x),
    "loss x 1e7": lambda f, x: 1e7 * f(x),
}


def claim_of(value, claim):
    """A function with this value and this claimed derivative."""

    class Claimed(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            return value(x)

        @staticmethod
        def backward(ctx, grad):
            return grad * claim

    return Claimed.apply


def accepts(f, x):
    try:
        return torch.autograd.gradcheck(f, (x,), raise_exception=False)
    except Exception:
        return False


def corpus(bench):
    table = collections.defaultdict(lambda: [0, 0, 0, 0])
    for line in subprocess.check_output([bench, "--claims"], text=True).splitlines():
        where, variant, curve, x, claim, right = line.split(";")
        x = torch.tensor([float.fromhex(x)], dtype=torch.float64, requires_grad=True)
        f = claim_of(lambda t: VARIANTS[variant](CURVES[curve], t), float.fromhex(claim))
        row, right = table[where, variant], right == "1"
        row[0 if right else 2] += 1
        row[1 if right else 3] += accepts(f, x) != right
    for (where, variant), (right, failed, wrong, passed) in table.items():
        print(f"{where:8} {variant:12} {'torch.autograd.gradcheck':36} right {right:4} wrong {wrong:4}  "
              f"FF {100 * failed / right:6.2f} %  FP {100 * passed / wrong:6.2f} %", flush=True)


if __name__ == "__main__":
    corpus(sys.argv[1])
