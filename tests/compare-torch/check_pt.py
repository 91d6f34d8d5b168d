"""Checks .pt files that Gradus wrote against the .safetensors or .npz files that it wrote of the same tensors. Needs PyTorch and NumPy.

    gradus convert model.safetensors model.pt && gradus convert model.pt model.npz
    python3 tests/compare-torch/check_pt.py model.pt model.npz

With one file alone it prints what PyTorch reads, to be held against `gradus inspect`. Files are opened with weights_only=True: nothing in them is run.
"""

import sys

import numpy
import torch


def check(path, reference=None):
    state = torch.load(path, map_location="cpu", weights_only=True)
    numbers = sum(tensor.numel() for tensor in state.values())
    storages = {tensor.storage().data_ptr() for tensor in state.values() if tensor.numel()}
    print(f"{path}: torch {torch.__version__} reads {len(state)} tensors, {numbers} numbers, in {len(storages)} storages")
    if reference is None:
        for name, tensor in state.items():
            print(f"  {name} {str(tensor.dtype).removeprefix('torch.')} {list(tensor.shape)}")
        return True
    expected = numpy.load(reference)
    wrong = [name for name in expected.files if name not in state or not same(expected[name], state[name])]
    wrong += [name for name in state if name not in expected.files]
    print("  all are equal, bit for bit" if not wrong else f"  not equal: {', '.join(wrong)}")
    return not wrong


def same(expected, tensor):
    actual = tensor.contiguous().numpy()
    return expected.shape == actual.shape and expected.dtype == actual.dtype and expected.tobytes() == actual.tobytes()


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    sys.exit(0 if check(*sys.argv[1:]) else 1)
