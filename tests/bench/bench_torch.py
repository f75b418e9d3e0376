"""Every entry of the hand-derived gradient of the ReLU network, judged by PyTorch's gradcheck and by this engine in one run.

usage: bench_torch.py BENCH_SPEED [n0 n1 n2 m]

gradcheck runs at its defaults on a Function whose backward is the hand derivation. Without torch there is nothing to
compare with, and that is said."""
import subprocess
import sys
import time

SIZES = [(20, 32, 1, 64), (64, 128, 1, 128), (784, 64, 1, 64)]


def ours(program, size):
    begin = time.perf_counter()
    line = subprocess.run([program, *map(str, size), "alone"], check=True, capture_output=True, text=True).stdout
    return time.perf_counter() - begin, line.strip()


def torchs(torch, size):
    n0, n1, n2, m = size
    torch.manual_seed(7)
    torch.set_num_threads(1)

    class Net(torch.autograd.Function):
        @staticmethod
        def forward(ctx, W1, b1, W2, b2, X, Y):
            Z1 = W1 @ X + b1
            A1 = Z1.clamp(min=0)
            Z2 = W2 @ A1 + b2
            ctx.save_for_backward(Z1, A1, Z2, W2, X, Y)
            return (torch.nn.functional.softplus(Z2) - Y * Z2).sum() / m

        @staticmethod
        def backward(ctx, up):
            Z1, A1, Z2, W2, X, Y = ctx.saved_tensors
            dZ2 = (torch.sigmoid(Z2) - Y) / m
            dZ1 = (W2.T @ dZ2) * (Z1 > 0)
            return up * dZ1 @ X.T, up * dZ1.sum(1, True), up * dZ2 @ A1.T, up * dZ2.sum(1, True), None, None

    draw = lambda *shape: torch.randn(*shape, dtype=torch.float64)
    W = [draw(n1, n0) / n0 ** 0.5, 0.1 * draw(n1, 1), draw(n2, n1) / n1 ** 0.5, 0.1 * draw(n2, 1)]
    for w in W:
        w.requires_grad_(True)
    X, Y = draw(n0, m), (torch.rand(n2, m) < 0.5).double()
    begin = time.perf_counter()
    right = torch.autograd.gradcheck(Net.apply, (*W, X, Y), raise_exception=False)
    return time.perf_counter() - begin, right


def main():
    program, own = sys.argv[1], tuple(map(int, sys.argv[2:]))
    begin = time.perf_counter()
    try:
        import torch
    except ImportError:
        print("no torch here: nothing to compare with")
        return
    print(f"import torch: {time.perf_counter() - begin:.2f} s")
    for size in [own] if own else SIZES:
        seconds, line = ours(program, size)
        theirs, right = torchs(torch, size)
        print(line)
        print(f"  whole process {1e3 * seconds:.1f} ms; gradcheck alone {1e3 * theirs:.1f} ms "
              f"({'accepted' if right else 'REJECTED'}, no bound), {theirs / seconds:.0f} times as long")


if __name__ == "__main__":
    main()
