#!/usr/bin/env python3
"""Compares layers, losses and optimizers of Gradus with PyTorch's on random configurations and writes docs/parity-nn.md.

Needs PyTorch (1.13 or later) with numpy, and a built tests/compare-torch/Gradus.Compare. From the root of the repository:

    dotnet build -c Release tests/compare-torch/Gradus.Compare
    python3 tests/compare-torch/compare_nn.py

A case is a layer with arguments, weights, which go over by the names of PyTorch's state_dict in a safetensors file, inputs, and seeds of the backward pass. Outputs, gradients of inputs and
parameters, and the state after ten steps of gradient descent come back in another. All is float64. A difference is |x - y| / max(1, greatest |y| of the array).
"""

import json
import math
import os
import random
import re
import subprocess
import sys
import tempfile
import zlib

import numpy
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
TOLERANCE = 1e-9
STEPS, RATE, MOMENTUM = 10, 0.01, 0.9

# Numbers of PyTorch's derivatives that are rounded to f32: 1/6 of Hardsigmoid, 1/alpha of CELU, the least denominator of BCE.
KNOWN = {"Hardsigmoid": 1e-7, "Celu": 1e-6, "BinaryCrossEntropy": 1e-8}
rng = random.Random()
LAYERS, LOSSES, OPTIMIZERS = {}, {}, {}


class Function(nn.Module):
    """What PyTorch has as a function only."""

    def __init__(self, f):
        super().__init__()
        self.f = f

    def forward(self, *x):
        return self.f(*x)


def layer(name, theirs, draw, make, run=None, repeats=200):
    """draw gives arguments and inputs; make the module of the arguments; run calls it."""
    LAYERS[name] = (theirs, draw, make, run or (lambda module, x, a: module(*x)), repeats)


def loss(name, theirs, draw, f, repeats=200):
    """draw gives arguments, inputs, and which of these are differentiated by; f is the loss by a reduction."""
    LOSSES[name] = (theirs, draw, f, repeats)


def optimizer(name, theirs, draw, make, repeats=60):
    OPTIMIZERS[name] = (theirs, draw, make, repeats)


def normal(*shape):
    return torch.randn(shape) * 1.5


def flip():
    return rng.random() < 0.5


def pick(*choices):
    return rng.choice(choices)


def sizes(least=1, most=4, low=1, high=5):
    return [rng.randint(low, high) for _ in range(rng.randint(least, most))]


def pair(low, high):
    return [rng.randint(low, high), rng.randint(low, high)]


# Activations.

for name, theirs, make, arguments in [
    ("Relu", "ReLU", lambda a: nn.ReLU(), dict), ("Sigmoid", "Sigmoid", lambda a: nn.Sigmoid(), dict), ("Tanh", "Tanh", lambda a: nn.Tanh(), dict),
    ("Gelu", "GELU", lambda a: nn.GELU(approximate="tanh" if a["tanh"] else "none"), lambda: {"tanh": flip()}), ("Silu", "SiLU", lambda a: nn.SiLU(), dict),
    ("Elu", "ELU", lambda a: nn.ELU(a["alpha"]), lambda: {"alpha": rng.uniform(0.1, 2)}), ("Celu", "CELU", lambda a: nn.CELU(a["alpha"]), lambda: {"alpha": rng.uniform(0.1, 2)}),
    ("Selu", "SELU", lambda a: nn.SELU(), dict), ("LeakyRelu", "LeakyReLU", lambda a: nn.LeakyReLU(a["slope"]), lambda: {"slope": rng.uniform(0, 0.5)}),
    ("Hardshrink", "Hardshrink", lambda a: nn.Hardshrink(a["lambda"]), lambda: {"lambda": rng.uniform(0, 1)}),
    ("Softshrink", "Softshrink", lambda a: nn.Softshrink(a["lambda"]), lambda: {"lambda": rng.uniform(0, 1)}),
    ("Hardsigmoid", "Hardsigmoid", lambda a: nn.Hardsigmoid(), dict), ("Hardswish", "Hardswish", lambda a: nn.Hardswish(), dict),
    ("Hardtanh", "Hardtanh", lambda a: nn.Hardtanh(a["min"], a["max"]), lambda: {"min": rng.uniform(-2, 0), "max": rng.uniform(0.1, 2)}),
    ("LogSigmoid", "LogSigmoid", lambda a: nn.LogSigmoid(), dict), ("Relu6", "ReLU6", lambda a: nn.ReLU6(), dict), ("Mish", "Mish", lambda a: nn.Mish(), dict),
    ("Softplus", "Softplus", lambda a: nn.Softplus(a["beta"], a["threshold"]), lambda: {"beta": rng.uniform(0.5, 3), "threshold": rng.uniform(1, 20)}),
    ("Softsign", "Softsign", lambda a: nn.Softsign(), dict), ("Tanhshrink", "Tanhshrink", lambda a: nn.Tanhshrink(), dict),
    ("Threshold", "Threshold", lambda a: nn.Threshold(a["threshold"], a["value"]), lambda: {"threshold": rng.uniform(-1, 1), "value": rng.uniform(-2, 2)}),
    ("RRelu", "RReLU, in use", lambda a: nn.RReLU(a["lower"], a["upper"]).eval(), lambda: {"lower": rng.uniform(0, 0.2), "upper": rng.uniform(0.2, 0.5), "training": False}),
    ("Identity", "Identity", lambda a: nn.Identity(), dict),
]:
    layer(name, theirs, lambda arguments=arguments: (arguments(), [normal(*sizes(0, 4)) * pick(1, 4)]), make)

for name, make in [("Softmin", nn.Softmin), ("Softmax", nn.Softmax), ("LogSoftmax", nn.LogSoftmax)]:
    layer(name, name, lambda: (lambda shape: ({"axis": rng.randint(-len(shape), len(shape) - 1)}, [normal(*shape)]))(sizes()), lambda a, make=make: make(dim=a["axis"]))
layer("Softmax2d", "Softmax2d", lambda: ({}, [normal(*[rng.randint(1, 4) for _ in range(pick(3, 4))])]), lambda a: nn.Softmax2d())


def glu():
    shape = sizes()
    axis = rng.randrange(len(shape))
    shape[axis] *= 2
    return {"axis": pick(axis, axis - len(shape))}, [normal(*shape)]


layer("Glu", "GLU", glu, lambda a: nn.GLU(a["axis"]))
layer("PRelu", "PReLU", lambda: (lambda channels, rest: ({"channels": pick(1, channels)}, [normal(rng.randint(1, 3), channels, *rest)]))(rng.randint(1, 4), sizes(0, 2)), lambda a: nn.PReLU(a["channels"]))


# Dense.

def linear():
    inputs, outputs = rng.randint(1, 8), rng.randint(1, 8)
    return {"inputs": inputs, "outputs": outputs, "bias": flip()}, [normal(*sizes(0, 3), inputs)]


layer("Linear", "Linear", linear, lambda a: nn.Linear(a["inputs"], a["outputs"], a["bias"]))
layer("Linear.AnySize", "LazyLinear", linear, lambda a: nn.Linear(a["inputs"], a["outputs"], a["bias"]))


def bilinear():
    first, second, lead = rng.randint(1, 5), rng.randint(1, 5), sizes(1, 3)
    return {"first": first, "second": second, "outputs": rng.randint(1, 4), "bias": flip()}, [normal(*lead, first), normal(*lead, second)]


layer("Bilinear", "Bilinear", bilinear, lambda a: nn.Bilinear(a["first"], a["second"], a["outputs"], a["bias"]))


def twins(arguments, least=2):
    shape = sizes(least, 4)
    return arguments(shape), [normal(*shape), normal(*shape)]


layer("CosineSimilarity", "CosineSimilarity", lambda: twins(lambda shape: {"axis": rng.randrange(len(shape)), "epsilon": pick(1e-8, 1e-6)}), lambda a: nn.CosineSimilarity(a["axis"], a["epsilon"]))
layer("PairwiseDistance", "PairwiseDistance", lambda: twins(lambda shape: {"p": pick(1.0, 1.5, 2.0, 3.0), "epsilon": pick(1e-6, 1e-4), "keep": flip()}), lambda a: nn.PairwiseDistance(a["p"], a["epsilon"], a["keep"]))


def dropout(ranks):
    training = flip()
    return {"p": 0.0 if training else rng.uniform(0, 0.9), "training": training}, [normal(*[rng.randint(1, 4) for _ in range(rng.choice(ranks))])]


layer("Dropout", "Dropout, in use and with p = 0", lambda: dropout([1, 2, 3]), lambda a: nn.Dropout(a["p"]))
layer("Dropout1d", "Dropout1d, in use and with p = 0", lambda: dropout([3]), lambda a: nn.Dropout1d(a["p"]))
layer("Dropout2d", "Dropout2d, in use and with p = 0", lambda: dropout([4]), lambda a: nn.Dropout2d(a["p"]))
layer("Dropout3d", "Dropout3d, in use and with p = 0", lambda: dropout([5]), lambda a: nn.Dropout3d(a["p"]))
layer("AlphaDropout", "AlphaDropout, in use and with p = 0", lambda: dropout([1, 2, 3]), lambda a: nn.AlphaDropout(a["p"]))
layer("FeatureAlphaDropout", "FeatureAlphaDropout, in use and with p = 0", lambda: dropout([3, 4]), lambda a: nn.FeatureAlphaDropout(a["p"]))


def embedding():
    count = rng.randint(2, 9)
    a = {"count": count, "width": rng.randint(1, 5)}
    if flip():
        a["padding"] = rng.randrange(count)
    if rng.random() < 0.3:
        a["norm"] = rng.uniform(0.5, 2)
    return a, [torch.randint(0, count, sizes(1, 3))]


layer("Embedding", "Embedding", embedding, lambda a: nn.Embedding(a["count"], a["width"], a.get("padding"), a.get("norm")))


def bag():
    count, mode = rng.randint(2, 9), rng.randrange(3)
    a = {"count": count, "width": rng.randint(1, 5), "mode": mode}
    if flip():
        a["padding"] = rng.randrange(count)
    if rng.random() < 0.3:
        a["norm"] = rng.uniform(0.5, 2)
    if flip():
        indices = torch.randint(0, count, [rng.randint(1, 5), rng.randint(1, 5)])
    else:
        indices = torch.randint(0, count, [rng.randint(1, 12)])
        a["offsets"] = sorted([0] + [rng.randint(0, len(indices)) for _ in range(rng.randint(0, 4))])
    return a, [indices] + ([normal(*indices.shape)] if mode == 0 and flip() else [])


layer("EmbeddingBag", "EmbeddingBag", bag, lambda a: nn.EmbeddingBag(a["count"], a["width"], a.get("norm"), mode=["sum", "mean", "max"][a["mode"]], padding_idx=a.get("padding")),
      lambda module, x, a: module(x[0], torch.tensor(a["offsets"]) if "offsets" in a else None, x[1] if len(x) > 1 else None))


def adaptive_softmax():
    inputs, cutoffs = rng.randint(4, 8), sorted(rng.sample(range(2, 12), rng.randint(1, 2)))
    classes, samples = cutoffs[-1] + rng.randint(1, 5), rng.randint(1, 6)
    return {"inputs": inputs, "classes": classes, "cutoffs": cutoffs, "divisor": pick(1.5, 2.0), "bias": flip()}, [normal(samples, inputs), torch.randint(0, classes, [samples])]


layer("AdaptiveLogSoftmaxWithLoss", "AdaptiveLogSoftmaxWithLoss", adaptive_softmax, lambda a: nn.AdaptiveLogSoftmaxWithLoss(a["inputs"], a["classes"], a["cutoffs"], a["divisor"], a["bias"]),
      lambda module, x, a: [*module(*x), module.log_prob(x[0])])


# Windows over lines and images.

def windows(dimensions, transposed=False, depthwise=False):
    one = (lambda low, high: rng.randint(low, high)) if dimensions == 1 else lambda low, high: [rng.randint(low, high) for _ in range(dimensions)]
    groups = pick(1, 1, 2, 3)
    a = {"kernel": one(1, 3), "stride": one(1, 3), "padding": one(0, 2), "dilation": one(1, 2), "bias": flip()}
    if depthwise:
        channels = rng.randint(1, 4)
        a["in"], a["multiplier"] = channels, rng.randint(1, 2)
    else:
        channels = groups * rng.randint(1, 2)
        a["groups"], a["in"], a["out"] = groups, channels, groups * rng.randint(1, 2)
    listed = lambda key: [a[key]] if dimensions == 1 else a[key]
    if transposed:
        extra = [rng.randrange(max(s, d)) for s, d in zip(listed("stride"), listed("dilation"))]
        a["outputPadding"] = extra[0] if dimensions == 1 else extra
        # Enough that the result has a place.
        places = [rng.randint(0, 3) + max(1, 1 + math.ceil((2 * p - d * (k - 1) - e) / s))
                  for k, s, p, d, e in zip(listed("kernel"), listed("stride"), listed("padding"), listed("dilation"), extra)]
    else:
        places = [d * (k - 1) + 1 + rng.randint(0, 5) for d, k in zip(listed("dilation"), listed("kernel"))]
    return a, [normal(rng.randint(1, 3), channels, *places)]


def convolution(make):
    return lambda a: make(a["in"], a["out"], a["kernel"], a["stride"], a["padding"], a["dilation"], a["groups"], a["bias"])


def depthwise(make):
    return lambda a: make(a["in"], a["in"] * a["multiplier"], a["kernel"], a["stride"], a["padding"], a["dilation"], a["in"], a["bias"])


class Separable(nn.Module):
    def __init__(self, make, a):
        super().__init__()
        self.depthwise = make(a["in"], a["in"] * a["multiplier"], a["kernel"], a["stride"], a["padding"], a["dilation"], a["in"], False)
        self.pointwise = make(a["in"] * a["multiplier"], a["out"], 1, bias=a["bias"])

    def forward(self, x):
        return self.pointwise(self.depthwise(x))


def separable(dimensions):
    a, x = windows(dimensions, depthwise=True)
    return {**a, "out": rng.randint(1, 4)}, x


def around(dimensions):
    """Windows whose padding is not of zeros: of at least 3 places, so that the padding is less than there are."""
    a, (x,) = windows(dimensions)
    places = [max(3, size) for size in x.shape[2:]]
    return {**a, "mode": rng.randint(1, 3)}, [normal(*x.shape[:2], *places)]


def surrounded(make):
    return lambda a: make(a["in"], a["out"], a["kernel"], a["stride"], a["padding"], a["dilation"], a["groups"], a["bias"], padding_mode=["zeros", "reflect", "replicate", "circular"][a["mode"]])


for dimensions, make in [(1, nn.Conv1d), (2, nn.Conv2d), (3, nn.Conv3d)]:
    layer(f"Conv{dimensions}d", f"Conv{dimensions}d", lambda dimensions=dimensions: windows(dimensions), convolution(make))
    layer(f"Conv{dimensions}d.PaddingMode", f"Conv{dimensions}d with a padding_mode", lambda dimensions=dimensions: around(dimensions), surrounded(make))
for dimensions, make in [(2, nn.Conv2d), (3, nn.Conv3d)]:
    layer(f"Conv{dimensions}d.AnySize", f"LazyConv{dimensions}d", lambda dimensions=dimensions: windows(dimensions), convolution(make))
for dimensions, make in [(1, nn.ConvTranspose1d), (2, nn.ConvTranspose2d), (3, nn.ConvTranspose3d)]:
    layer(f"ConvTranspose{dimensions}d", f"ConvTranspose{dimensions}d", lambda dimensions=dimensions: windows(dimensions, transposed=True),
          lambda a, make=make: make(a["in"], a["out"], a["kernel"], a["stride"], a["padding"], a["outputPadding"], a["groups"], a["bias"], a["dilation"]))
for dimensions, make in [(1, nn.Conv1d), (2, nn.Conv2d), (3, nn.Conv3d)]:
    layer(f"DepthwiseConv{dimensions}d", f"Conv{dimensions}d of as many groups as channels", lambda dimensions=dimensions: windows(dimensions, depthwise=True), depthwise(make))
    layer(f"SeparableConv{dimensions}d", f"two of Conv{dimensions}d", lambda dimensions=dimensions: separable(dimensions), lambda a, make=make: Separable(make, a))


def pooling(dimensions, dilated, padded=True):
    kernels = [rng.randint(1, 3) for _ in range(dimensions)]
    a = {"kernel": kernels, "padding": [rng.randint(0, k // 2) if padded else 0 for k in kernels], "dilation": [rng.randint(1, 2) if dilated else 1 for _ in kernels]}
    if flip():
        a["stride"] = [rng.randint(1, 3) for _ in kernels]
    places = [d * (k - 1) + 1 + rng.randint(0, 6) for d, k in zip(a["dilation"], kernels)]
    if dimensions == 1:
        a = {key: value[0] for key, value in a.items()}
    return {**a, "count": flip(), "p": pick(1.0, 2.0, 3.0)}, [normal(rng.randint(1, 3), rng.randint(1, 3), *places)]


def unpooling(dimensions):
    a, x = pooling(dimensions, False)
    # Where windows overlap, a place may be named twice.
    a["stride"] = a["kernel"] if dimensions == 1 else list(a["kernel"])
    a["size"] = True if math.prod(x[0].shape) else False
    return a, x


class LpPool3d(nn.Module):
    """PyTorch 2.6 has it, 1.13 has not."""

    def __init__(self, p, kernel, stride=None, ceil_mode=False):
        super().__init__()
        self.p, self.kernel, self.stride, self.ceil_mode = p, kernel, stride, ceil_mode

    def forward(self, x):
        return (F.avg_pool3d(x.abs().pow(self.p), self.kernel, self.stride, 0, self.ceil_mode) * math.prod(self.kernel)).pow(1 / self.p)


for dimensions in (1, 2, 3):
    d = f"{dimensions}d"
    norm_pool = getattr(nn, "LPPool" + d, LpPool3d)
    layer(f"MaxPool{d}.CeilMode", f"MaxPool{d} with ceil_mode", lambda dimensions=dimensions: pooling(dimensions, True),
          lambda a, make=getattr(nn, "MaxPool" + d): make(a["kernel"], a.get("stride"), a["padding"], a["dilation"], ceil_mode=True))
    layer(f"AvgPool{d}.CeilMode", f"AvgPool{d} with ceil_mode", lambda dimensions=dimensions: pooling(dimensions, False),
          lambda a, make=getattr(nn, "AvgPool" + d): make(a["kernel"], a.get("stride"), a["padding"], ceil_mode=True, count_include_pad=a["count"]))
    layer(f"LpPool{d}.CeilMode", f"LPPool{d} with ceil_mode", lambda dimensions=dimensions: (lambda a, x: (a, [x[0].abs() + 0.1]))(*pooling(dimensions, False, padded=False)),
          lambda a, make=norm_pool: make(a["p"], a["kernel"], a.get("stride"), ceil_mode=True))
    layer("MaxPool" + d, "MaxPool" + d, lambda dimensions=dimensions: pooling(dimensions, True), lambda a, make=getattr(nn, "MaxPool" + d): make(a["kernel"], a.get("stride"), a["padding"], a["dilation"]))
    layer("AvgPool" + d, "AvgPool" + d, lambda dimensions=dimensions: pooling(dimensions, False), lambda a, make=getattr(nn, "AvgPool" + d): make(a["kernel"], a.get("stride"), a["padding"], count_include_pad=a["count"]))
    layer("LpPool" + d, "LPPool" + d, lambda dimensions=dimensions: (lambda a, x: (a, [x[0].abs() + 0.1]))(*pooling(dimensions, False, padded=False)), lambda a, make=norm_pool: make(a["p"], a["kernel"], a.get("stride")))
    layer("MaxUnpool" + d, "MaxUnpool" + d, lambda dimensions=dimensions: unpooling(dimensions), lambda a, make=getattr(nn, "MaxUnpool" + d): make(a["kernel"], a.get("stride"), a["padding"]),
          lambda module, x, a, pool=getattr(F, f"max_pool{dimensions}d"): module(*pool(x[0], a["kernel"], a.get("stride"), a["padding"], return_indices=True), x[0].shape if a["size"] else None))
    for kind in ("Avg", "Max"):
        layer(f"Adaptive{kind}Pool{d}", f"Adaptive{kind}Pool{d}",
              lambda dimensions=dimensions: ({"size": rng.randint(1, 6) if dimensions == 1 else [rng.randint(1, 6) for _ in range(dimensions)]}, [normal(rng.randint(1, 3), rng.randint(1, 3), *[rng.randint(1, 9) for _ in range(dimensions)])]),
              lambda a, make=getattr(nn, f"Adaptive{kind}Pool{d}"): make(a["size"]))
layer("GlobalAvgPool", "AdaptiveAvgPool of size 1, flattened", lambda: ({}, [normal(*[rng.randint(1, 5) for _ in range(pick(3, 4, 5))])]), lambda a: Function(lambda x: x.flatten(2).mean(2)))
layer("GlobalMaxPool", "AdaptiveMaxPool of size 1, flattened", lambda: ({}, [normal(*[rng.randint(1, 5) for _ in range(pick(3, 4, 5))])]), lambda a: Function(lambda x: x.flatten(2).max(2)[0]))


def padding(dimensions, most):
    places = [rng.randint(2, 5) for _ in range(dimensions)]
    # The last axis comes first.
    widths = [width for size in reversed(places) for width in (rng.randint(0, most(size)), rng.randint(0, most(size)))]
    return {"widths": widths, "value": rng.uniform(-2, 2)}, [normal(rng.randint(1, 3), rng.randint(1, 3), *places)]


for dimensions in (1, 2, 3):
    for name, mode, most in [("ZeroPad", "zero", lambda size: 3), ("ConstantPad", "constant", lambda size: 3), ("ReflectionPad", "reflect", lambda size: size - 1), ("ReplicationPad", "replicate", lambda size: 3),
                             ("CircularPad", "circular", lambda size: size)]:
        layer(f"{name}{dimensions}d", f"{name}{dimensions}d", lambda dimensions=dimensions, most=most: padding(dimensions, most),
              lambda a, mode=mode: Function(lambda x: F.pad(x, a["widths"], *(["constant", a["value"]] if mode == "constant" else ["constant", 0.0] if mode == "zero" else [mode]))), repeats=100)


# Norms.

def batch_norm(dimensions):
    channels, momentum = rng.randint(1, 4), pick(None, 0.1, 0.4)
    places = [rng.randint(1, 4) for _ in range(pick(0, 1) if dimensions == 1 else dimensions)]
    a = {"channels": channels, "epsilon": pick(1e-5, 1e-2), "affine": flip(), "track": rng.random() < 0.8, "training": flip()}
    if momentum is not None:
        a["momentum"] = momentum
    return a, [normal(rng.randint(2, 4), channels, *places)]


def instance_norm(dimensions):
    channels = rng.randint(1, 4)
    return ({"channels": channels, "epsilon": pick(1e-5, 1e-2), "affine": flip(), "track": flip(), "momentum": pick(0.1, 0.4), "training": flip()},
            [normal(rng.randint(1, 4), channels, *[rng.randint(2, 4) for _ in range(dimensions)])])


for dimensions in (1, 2, 3):
    for name, draw in [("BatchNorm", batch_norm), ("InstanceNorm", instance_norm)]:
        layer(f"{name}{dimensions}d", f"{name}{dimensions}d", lambda draw=draw, dimensions=dimensions: draw(dimensions),
              lambda a, make=getattr(nn, f"{name}{dimensions}d"): make(a["channels"], a["epsilon"], a.get("momentum"), a["affine"], a["track"]))


def group_norm():
    groups, each = rng.randint(1, 3), rng.randint(1, 3)
    return {"groups": groups, "channels": groups * each, "epsilon": pick(1e-5, 1e-2), "affine": flip()}, [normal(rng.randint(1, 3), groups * each, *sizes(0 if each > 1 else 1, 2, 2))]


def layer_norm(count):
    last = [rng.randint(2, 5) for _ in range(count)]
    return {"sizes": last, "epsilon": pick(1e-5, 1e-2), "affine": flip()}, [normal(*sizes(0, 2), *last)]


layer("GroupNorm", "GroupNorm", group_norm, lambda a: nn.GroupNorm(a["groups"], a["channels"], a["epsilon"], a["affine"]))
layer("LayerNorm", "LayerNorm", lambda: layer_norm(rng.randint(1, 3)), lambda a: nn.LayerNorm(a["sizes"], a["epsilon"], a["affine"]))
layer("LayerNorm.AnySize", "LayerNorm", lambda: layer_norm(1), lambda a: nn.LayerNorm(a["sizes"], a["epsilon"], a["affine"]), repeats=50)
layer("LocalResponseNorm", "LocalResponseNorm", lambda: ({"size": rng.randint(1, 5), "alpha": rng.uniform(1e-4, 1), "beta": rng.uniform(0.3, 1), "k": rng.uniform(0.5, 2)},
                                                         [normal(rng.randint(1, 3), rng.randint(1, 6), *sizes(1, 2))]), lambda a: nn.LocalResponseNorm(a["size"], a["alpha"], a["beta"], a["k"]))


# Rearranging.

def flatten():
    shape = sizes(1, 4)
    start = rng.randrange(len(shape))
    end = rng.randint(start, len(shape) - 1)
    return {"from": pick(start, start - len(shape)), "to": pick(end, end - len(shape))}, [normal(*shape)]


def unflatten():
    parts, before, after = sizes(2, 3, 1, 3), sizes(0, 2), sizes(0, 2)
    return {"axis": pick(len(before), -len(after) - 1), "sizes": parts}, [normal(*before, math.prod(parts), *after)]


def folding(fold):
    kernel, stride, pad, dilation = pair(1, 3), pair(1, 2), pair(0, 1), pair(1, 2)
    size = [d * (k - 1) + 1 + rng.randint(0, 3) for d, k in zip(dilation, kernel)]
    samples, channels = rng.randint(1, 2), rng.randint(1, 3)
    counts = [(n + 2 * p - d * (k - 1) - 1) // s + 1 for n, p, d, k, s in zip(size, pad, dilation, kernel, stride)]
    x = normal(samples, channels * math.prod(kernel), math.prod(counts)) if fold else normal(samples, channels, *size)
    return {"size": size, "kernel": kernel, "stride": stride, "padding": pad, "dilation": dilation}, [x]


def upsample():
    mode, axes = rng.randrange(3), pick(1, 2, 3)
    mode = mode if axes == 2 else min(mode, 1)
    return {"factor": pick(1.5, 2.0, 2.5, 3.0, 0.5), "mode": mode, "corners": mode > 0 and flip()}, [normal(rng.randint(1, 2), rng.randint(1, 2), *[rng.randint(2, 5) for _ in range(axes)])]


layer("Flatten", "Flatten", flatten, lambda a: nn.Flatten(a["from"], a["to"]))
layer("Unflatten", "Unflatten", unflatten, lambda a: nn.Unflatten(a["axis"], a["sizes"]))
layer("PixelShuffle", "PixelShuffle", lambda: (lambda r: ({"factor": r}, [normal(rng.randint(1, 2), r * r * rng.randint(1, 2), *pair(1, 3))]))(rng.randint(1, 3)), lambda a: nn.PixelShuffle(a["factor"]))
layer("PixelUnshuffle", "PixelUnshuffle", lambda: (lambda r: ({"factor": r}, [normal(rng.randint(1, 2), rng.randint(1, 2), r * rng.randint(1, 3), r * rng.randint(1, 3))]))(rng.randint(1, 3)), lambda a: nn.PixelUnshuffle(a["factor"]))
layer("ChannelShuffle", "ChannelShuffle", lambda: (lambda g: ({"groups": g}, [normal(rng.randint(1, 2), g * rng.randint(1, 3), *pair(1, 3))]))(rng.randint(1, 3)),
      # The layer of PyTorch 1.13 has no derivative.
      lambda a: Function(lambda x: x.unflatten(1, (a["groups"], x.shape[1] // a["groups"])).transpose(1, 2).flatten(1, 2)))
layer("Unfold", "Unfold", lambda: folding(False), lambda a: nn.Unfold(a["kernel"], a["dilation"], a["padding"], a["stride"]))
layer("Fold", "Fold", lambda: folding(True), lambda a: nn.Fold(a["size"], a["kernel"], a["dilation"], a["padding"], a["stride"]))
layer("Upsample", "Upsample", upsample, lambda a: a, lambda a, x, _: F.interpolate(x[0], scale_factor=a["factor"], mode=["nearest", {3: "linear", 4: "bilinear", 5: "trilinear"}[x[0].dim()], "bicubic"][a["mode"]],
                                                                                 align_corners=a["corners"] if a["mode"] else None))


# Sequences.

def recurrent(kind):
    inputs, hidden, layers, bidirectional = rng.randint(1, 5), rng.randint(2, 5), rng.randint(1, 3), flip()
    time, batch = rng.randint(1, 6), rng.randint(1, 4)
    a = {"inputs": inputs, "hidden": hidden, "layers": layers, "batchFirst": flip(), "bidirectional": bidirectional, "bias": rng.random() < 0.7, "relu": kind == "Rnn" and flip()}
    outputs = hidden
    if kind == "Lstm" and rng.random() < 0.3:
        a["projection"] = outputs = rng.randint(1, hidden - 1)
    if flip():
        a["lengths"] = [rng.randint(1, time) for _ in range(batch)]
    x = [normal(*([batch, time] if a["batchFirst"] else [time, batch]), inputs)]
    if flip():
        runs = layers * (2 if bidirectional else 1)
        x += [normal(runs, batch, outputs)] + ([normal(runs, batch, hidden)] if kind == "Lstm" else [])
    return a, x


def run_recurrent(module, x, a):
    state = None if len(x) == 1 else x[1] if len(x) == 2 else (x[1], x[2])
    sequence = pack_padded_sequence(x[0], torch.tensor(a["lengths"]), a["batchFirst"], enforce_sorted=False) if "lengths" in a else x[0]
    output, last = module(sequence, state)
    if "lengths" in a:
        output, _ = pad_packed_sequence(output, a["batchFirst"], total_length=x[0].shape[1 if a["batchFirst"] else 0])
    return [output, *last] if isinstance(last, tuple) else [output, last]


for name, theirs, make in [
    ("Rnn", "RNN", lambda a: nn.RNN(a["inputs"], a["hidden"], a["layers"], nonlinearity="relu" if a["relu"] else "tanh", bias=a["bias"], batch_first=a["batchFirst"], bidirectional=a["bidirectional"])),
    ("Lstm", "LSTM, with proj_size and packed", lambda a: nn.LSTM(a["inputs"], a["hidden"], a["layers"], a["bias"], a["batchFirst"], 0.0, a["bidirectional"], a.get("projection", 0))),
    ("Gru", "GRU", lambda a: nn.GRU(a["inputs"], a["hidden"], a["layers"], a["bias"], a["batchFirst"], 0.0, a["bidirectional"])),
]:
    layer(name, theirs, lambda name=name: recurrent(name), make, run_recurrent)


def cell(kind):
    inputs, hidden, batch = rng.randint(1, 5), rng.randint(1, 5), rng.randint(1, 4)
    x = [normal(batch, inputs)] + ([normal(batch, hidden) for _ in range(2 if kind == "Lstm" else 1)] if flip() else [])
    return {"inputs": inputs, "hidden": hidden, "bias": flip(), "relu": flip()}, x


layer("RnnCell", "RNNCell", lambda: cell("Rnn"), lambda a: nn.RNNCell(a["inputs"], a["hidden"], a["bias"], "relu" if a["relu"] else "tanh"), lambda module, x, a: module(*x))
layer("LstmCell", "LSTMCell", lambda: cell("Lstm"), lambda a: nn.LSTMCell(a["inputs"], a["hidden"], a["bias"]), lambda module, x, a: module(x[0], (x[1], x[2]) if len(x) > 1 else None))
layer("GruCell", "GRUCell", lambda: cell("Gru"), lambda a: nn.GRUCell(a["inputs"], a["hidden"], a["bias"]), lambda module, x, a: module(*x))


def masked(a, queries, keys):
    """Ones where a query attends; each attends to something, to itself or to what comes first."""
    if flip():
        return a
    mask = [[1 if key in (0, query) else rng.randrange(2) for key in range(keys)] for query in range(queries)]
    return {**a, "mask": sum(mask, []), "maskShape": [queries, keys]}


def hidden_from(a, queries, keys, causal):
    """True where a query does not attend, as PyTorch's layers of this version have it; None for no mask."""
    mask = ~torch.tensor(a["mask"]).reshape(a["maskShape"]).bool() if "mask" in a else None
    if causal:
        later = torch.ones(queries, keys).triu(1).bool()
        mask = later if mask is None else mask | later
    return mask


def attention():
    heads = rng.randint(1, 3)
    width, batch, queries = heads * rng.randint(1, 3), rng.randint(1, 3), rng.randint(1, 5)
    own = flip()
    keys = queries if own else rng.randint(1, 5)
    a = masked({"width": width, "heads": heads, "bias": flip(), "self": own, "causal": own and flip()}, queries, keys)
    return a, [normal(batch, queries, width)] if own else [normal(batch, queries, width), normal(batch, keys, width), normal(batch, keys, width)]


def run_attention(module, x, a, weights=False):
    q, k, v = (x[0], x[0], x[0]) if a["self"] else x
    return module(q, k, v, need_weights=weights, average_attn_weights=False, attn_mask=hidden_from(a, q.shape[1], k.shape[1], a["causal"]))[1 if weights else 0]


layer("MultiHeadAttention", "MultiheadAttention, batch_first", attention, lambda a: nn.MultiheadAttention(a["width"], a["heads"], bias=a["bias"], batch_first=True), run_attention)


layer("MultiHeadAttention.Weights", "the second result of MultiheadAttention", attention, lambda a: nn.MultiheadAttention(a["width"], a["heads"], bias=a["bias"], batch_first=True),
      lambda module, x, a: run_attention(module, x, a, weights=True), repeats=100)


def block(decoder, layers):
    heads = rng.randint(1, 3)
    width, batch, time, memory = heads * rng.randint(2, 3), rng.randint(1, 3), rng.randint(1, 5), rng.randint(1, 5)
    a = {"width": width, "heads": heads, "feedForward": rng.randint(1, 6), "gelu": flip(), "normFirst": flip(), "causal": flip(), "layers": layers, "norm": flip()}
    x = [normal(batch, time, width)] + ([normal(batch, memory, width)] if decoder else [])
    return masked(a, time, memory if decoder else time), x


def block_of(make, a):
    return make(a["width"], a["heads"], a["feedForward"], 0.0, F.gelu if a["gelu"] else F.relu, batch_first=True, norm_first=a["normFirst"])


def final_norm(a):
    return nn.LayerNorm(a["width"]) if a["norm"] else None


def run_encoder(module, x, a):
    return module(x[0], hidden_from(a, x[0].shape[1], x[0].shape[1], a["causal"]))


def run_decoder(module, x, a):
    time = x[0].shape[1]
    return module(x[0], x[1], torch.ones(time, time).triu(1).bool() if a["causal"] else None, hidden_from(a, time, x[1].shape[1], False))


layer("TransformerEncoderLayer", "TransformerEncoderLayer", lambda: block(False, 1), lambda a: block_of(nn.TransformerEncoderLayer, a), run_encoder, repeats=100)
layer("TransformerDecoderLayer", "TransformerDecoderLayer", lambda: block(True, 1), lambda a: block_of(nn.TransformerDecoderLayer, a), run_decoder, repeats=100)
layer("TransformerEncoder", "TransformerEncoder", lambda: block(False, 2), lambda a: nn.TransformerEncoder(block_of(nn.TransformerEncoderLayer, a), a["layers"], final_norm(a)), run_encoder, repeats=100)
layer("TransformerDecoder", "TransformerDecoder", lambda: block(True, 2), lambda a: nn.TransformerDecoder(block_of(nn.TransformerDecoderLayer, a), a["layers"], final_norm(a)), run_decoder, repeats=100)


def transformer():
    heads = rng.randint(1, 2)
    width, batch = heads * rng.randint(2, 3), rng.randint(1, 2)
    return ({"width": width, "heads": heads, "layers": rng.randint(1, 2), "feedForward": rng.randint(1, 6), "gelu": flip(), "normFirst": flip(), "causal": flip()},
            [normal(batch, rng.randint(1, 4), width), normal(batch, rng.randint(1, 4), width)])


layer("Transformer", "Transformer", transformer,
      lambda a: nn.Transformer(a["width"], a["heads"], a["layers"], a["layers"], a["feedForward"], 0.0, F.gelu if a["gelu"] else F.relu, batch_first=True, norm_first=a["normFirst"]),
      lambda module, x, a: module(x[0], x[1], tgt_mask=torch.ones(x[1].shape[1], x[1].shape[1]).triu(1).bool() if a["causal"] else None), repeats=60)


# Containers.

def container():
    inputs = rng.randint(1, 4)
    return {"inputs": inputs, "hidden": rng.randint(1, 4), "outputs": rng.randint(2, 4)}, [normal(rng.randint(1, 4), inputs)]


def pair_of_linears(a):
    return nn.Linear(a["inputs"], a["outputs"]), nn.Linear(a["inputs"], a["outputs"])


def pair_of_parameters(a):
    return nn.Parameter(torch.ones(a["inputs"])), nn.Parameter(torch.ones(a["inputs"]))


layer("Sequential", "Sequential", container, lambda a: nn.Sequential(nn.Linear(a["inputs"], a["hidden"]), nn.Tanh(), nn.Sequential(nn.Linear(a["hidden"], a["outputs"], bias=False), nn.LayerNorm(a["outputs"]))), repeats=50)
layer("ModuleList", "ModuleList", container, lambda a: nn.ModuleList(pair_of_linears(a)), lambda parts, x, a: parts[0](x[0]) * parts[1](x[0]), repeats=50)
layer("ModuleDict", "ModuleDict", container, lambda a: nn.ModuleDict(dict(zip(("left", "Right"), pair_of_linears(a)))), lambda parts, x, a: parts["left"](x[0]) - parts["Right"](x[0]), repeats=50)
layer("ParameterList", "ParameterList", container, lambda a: nn.ParameterList(pair_of_parameters(a)), lambda parts, x, a: x[0] * parts[0] + parts[1], repeats=50)
layer("ParameterDict", "ParameterDict", container, lambda a: nn.ParameterDict(dict(zip(("scale", "Shift"), pair_of_parameters(a)))), lambda parts, x, a: x[0] * parts["scale"] + parts["Shift"], repeats=50)


# Losses.

def by(a):
    return ["mean", "sum", "none"][a["reduction"]]


def reduced(**more):
    return {"reduction": rng.randrange(3), **more}


def errors(**more):
    shape = sizes(0, 3)
    return reduced(**more), [normal(*shape), normal(*shape)], [0, 1]


loss("MeanSquaredError", "MSELoss", errors, lambda x, a: F.mse_loss(*x, reduction=by(a)))
loss("MeanAbsoluteError", "L1Loss", errors, lambda x, a: F.l1_loss(*x, reduction=by(a)))
loss("Huber", "HuberLoss", lambda: errors(delta=rng.uniform(0.1, 2)), lambda x, a: F.huber_loss(*x, reduction=by(a), delta=a["delta"]))
loss("SmoothL1", "SmoothL1Loss", lambda: errors(beta=pick(0.0, rng.uniform(0.1, 2))), lambda x, a: F.smooth_l1_loss(*x, reduction=by(a), beta=a["beta"]))


def poisson():
    shape, log = sizes(1, 3), flip()
    return reduced(log=log, full=flip()), [normal(*shape) if log else normal(*shape).abs() + 0.1, torch.randint(0, 6, shape).double()], [0]


loss("PoissonNegativeLogLikelihood", "PoissonNLLLoss", poisson, lambda x, a: F.poisson_nll_loss(*x, log_input=a["log"], full=a["full"], reduction=by(a)))


def gaussian():
    shape = sizes(1, 3)
    variance = list(shape) if flip() else shape[:-1] + [1]
    return reduced(full=flip()), [normal(*shape), normal(*shape), normal(*variance).abs() + 0.1], [0, 1, 2]


loss("GaussianNegativeLogLikelihood", "GaussianNLLLoss", gaussian, lambda x, a: F.gaussian_nll_loss(*x, full=a["full"], reduction=by(a)))


def divergence():
    shape, log = sizes(1, 3, 2), flip()
    target = normal(*shape).softmax(-1)
    return reduced(log=log), [normal(*shape).log_softmax(-1), target.log() if log else target], [0, 1]


loss("KlDivergence", "KLDivLoss", divergence, lambda x, a: F.kl_div(*x, reduction=by(a), log_target=a["log"]))


def binary(logits):
    shape = sizes(1, 3)
    a = reduced(weight=flip(), positive=logits and flip())
    z = normal(*shape) * pick(1, 10)
    x = [z if logits else z.sigmoid(), torch.rand(shape) if flip() else torch.randint(0, 2, shape).double()]
    return a, x + ([torch.rand(shape) + 0.1] if a["weight"] else []) + ([torch.rand(shape[-1]) + 0.5] if a["positive"] else []), [0]


loss("BinaryCrossEntropy", "BCELoss", lambda: binary(False), lambda x, a: F.binary_cross_entropy(x[0], x[1], x[2] if a["weight"] else None, reduction=by(a)))
loss("BinaryCrossEntropyWithLogits", "BCEWithLogitsLoss", lambda: binary(True),
     lambda x, a: F.binary_cross_entropy_with_logits(x[0], x[1], x[2] if a["weight"] else None, reduction=by(a), pos_weight=x[-1] if a["positive"] else None))


def classes(ignoring=True, smoothing=False, places=True):
    count, samples, rest = rng.randint(2, 6), rng.randint(1, 5), sizes(0, 2) if places and flip() else []
    a = reduced(smoothing=rng.uniform(0, 0.9) if smoothing and flip() else 0.0)
    labels = torch.randint(0, count, [samples, *rest])
    if ignoring and flip():
        a["ignore"] = pick(-100, rng.randrange(count))
        labels[torch.rand(labels.shape) < 0.3] = a["ignore"]
        # The mean of no sample is none.
        labels.flatten()[0] = (a["ignore"] + 1) % count if a["ignore"] >= 0 else 0
    weight = [torch.rand(count) + 0.1] if flip() else []
    return a, [normal(samples, count, *rest), labels] + weight, [0]


loss("CrossEntropy", "CrossEntropyLoss", lambda: classes(smoothing=True),
     lambda x, a: F.cross_entropy(x[0], x[1], x[2] if len(x) > 2 else None, ignore_index=a.get("ignore", -100), reduction=by(a), label_smoothing=a["smoothing"]), repeats=400)


def distributions(weighted=True):
    count, samples, rest = rng.randint(2, 6), rng.randint(1, 5), sizes(0, 2) if weighted and flip() else []
    shape = [samples, count, *rest]
    return reduced(smoothing=rng.uniform(0, 0.9) if flip() else 0.0), [normal(*shape), normal(*shape).softmax(1)] + ([torch.rand(count) + 0.1] if weighted and flip() else []), [0, 1]


# PyTorch's mean is over samples and places, of the sum over classes.
loss("CrossEntropy.Distributions", "CrossEntropyLoss of probabilities", distributions, lambda x, a: F.cross_entropy(x[0], x[1], x[2] if len(x) > 2 else None, reduction=by(a), label_smoothing=a["smoothing"]))
loss("SoftCrossEntropy", "CrossEntropyLoss of probabilities", lambda: distributions(False), lambda x, a: F.cross_entropy(x[0], x[1], reduction=by(a)))
loss("NegativeLogLikelihood", "NLLLoss", classes, lambda x, a: F.nll_loss(x[0], x[1], x[2] if len(x) > 2 else None, ignore_index=a.get("ignore", -100), reduction=by(a)), repeats=400)


def ctc():
    time, samples, count, longest = rng.randint(2, 8), rng.randint(1, 4), rng.randint(2, 5), rng.randint(1, 4)
    blank, zero = rng.randrange(count), flip()
    others = [label for label in range(count) if label != blank]
    targets = [[rng.choice(others) for _ in range(longest)] for _ in range(samples)]
    inputs, lengths = [rng.randint(1, time) for _ in range(samples)], []
    for sample in range(samples):
        length = rng.randint(0, longest)
        # A label twice in a row needs a blank between.
        needs = lambda n: n + sum(1 for i in range(1, n) if targets[sample][i] == targets[sample][i - 1])
        while not zero and needs(length) > inputs[sample]:
            length -= 1
        lengths.append(length)
    inputs[rng.randrange(samples)] = time
    return reduced(inputs=inputs, targets=lengths, blank=blank, zero=zero), [normal(time, samples, count), torch.tensor(targets)], [0]


loss("Ctc", "CTCLoss", ctc, lambda x, a: F.ctc_loss(x[0].log_softmax(-1), x[1], torch.tensor(a["inputs"]), torch.tensor(a["targets"]), a["blank"], by(a), a["zero"]), repeats=400)


def signs(shape):
    return torch.randint(0, 2, shape).double() * 2 - 1


def ranking():
    shape = sizes(1, 3)
    return reduced(margin=rng.uniform(-1, 1)), [normal(*shape), normal(*shape), signs(shape)], [0, 1]


def hinge():
    shape = sizes(1, 3)
    return reduced(margin=rng.uniform(0, 2)), [normal(*shape), signs(shape)], [0]


def cosine():
    samples, width = rng.randint(1, 5), rng.randint(2, 5)
    return reduced(margin=rng.uniform(-0.9, 0.9)), [normal(samples, width), normal(samples, width), signs([samples])], [0, 1]


loss("MarginRanking", "MarginRankingLoss", ranking, lambda x, a: F.margin_ranking_loss(*x, margin=a["margin"], reduction=by(a)))
loss("HingeEmbedding", "HingeEmbeddingLoss", hinge, lambda x, a: F.hinge_embedding_loss(*x, margin=a["margin"], reduction=by(a)))
loss("CosineEmbedding", "CosineEmbeddingLoss", cosine, lambda x, a: F.cosine_embedding_loss(*x, margin=a["margin"], reduction=by(a)))
loss("SoftMargin", "SoftMarginLoss", hinge, lambda x, a: F.soft_margin_loss(*x, reduction=by(a)))


def multi_margin():
    count, samples = rng.randint(2, 6), rng.randint(1, 5)
    return reduced(power=pick(1, 2), margin=rng.uniform(0.1, 2)), [normal(samples, count), torch.randint(0, count, [samples])] + ([torch.rand(count) + 0.1] if flip() else []), [0]


loss("MultiMargin", "MultiMarginLoss", multi_margin, lambda x, a: F.multi_margin_loss(x[0], x[1], a["power"], a["margin"], x[2] if len(x) > 2 else None, reduction=by(a)))


def multi_label():
    count, samples = rng.randint(2, 6), rng.randint(1, 5)
    rows = []
    for _ in range(samples):
        row = rng.sample(range(count), rng.randint(0, count))
        rows.append(row + [-1] * (count - len(row)))
    return reduced(), [normal(samples, count), torch.tensor(rows)], [0]


loss("MultiLabelMargin", "MultiLabelMarginLoss", multi_label, lambda x, a: F.multilabel_margin_loss(*x, reduction=by(a)))


def multi_label_soft():
    count, samples = rng.randint(1, 6), rng.randint(1, 5)
    return reduced(), [normal(samples, count), torch.randint(0, 2, [samples, count]).double()] + ([torch.rand(count) + 0.1] if flip() else []), [0]


loss("MultiLabelSoftMargin", "MultiLabelSoftMarginLoss", multi_label_soft, lambda x, a: F.multilabel_soft_margin_loss(x[0], x[1], x[2] if len(x) > 2 else None, reduction=by(a)))


def triplet():
    shape = [rng.randint(1, 4), rng.randint(1, 5)]
    return reduced(margin=rng.uniform(0.1, 2), power=pick(1.0, 2.0, 3.0), swap=flip()), [normal(*shape), normal(*shape), normal(*shape)], [0, 1, 2]


loss("TripletMargin", "TripletMarginLoss", triplet, lambda x, a: F.triplet_margin_loss(*x, margin=a["margin"], p=a["power"], swap=a["swap"], reduction=by(a)))
loss("TripletMargin.OfDistance", "TripletMarginWithDistanceLoss", triplet,
     lambda x, a: F.triplet_margin_with_distance_loss(*x, distance_function=lambda u, v: (u - v).abs().sum(-1), margin=a["margin"], swap=a["swap"], reduction=by(a)))


# Optimizers.

def settings(rate=(1e-3, 0.1), **more):
    return {"rate": rng.uniform(*rate), "decay": pick(0.0, rng.uniform(0.001, 0.1)), **more}


def of_moments(**more):
    return settings(beta1=rng.uniform(0.5, 0.95), beta2=rng.uniform(0.6, 0.999), epsilon=pick(1e-8, 1e-4), **more)


def sgd():
    a = settings(momentum=pick(0.0, rng.uniform(0.1, 0.95)), dampening=0.0, nesterov=False)
    if a["momentum"] > 0:
        a["nesterov"] = flip()
        a["dampening"] = 0.0 if a["nesterov"] else rng.uniform(0, 0.9)
    return a


def moments(a):
    return {"lr": a["rate"], "betas": (a["beta1"], a["beta2"]), "eps": a["epsilon"], "weight_decay": a["decay"]}


O = torch.optim
optimizer("Sgd", "SGD", sgd, lambda p, a: O.SGD(p, a["rate"], a["momentum"], a["dampening"], a["decay"], a["nesterov"]))
optimizer("Adam", "Adam", lambda: of_moments(amsgrad=flip()), lambda p, a: O.Adam(p, amsgrad=a["amsgrad"], **moments(a)))
optimizer("AdamW", "AdamW", lambda: of_moments(amsgrad=flip()), lambda p, a: O.AdamW(p, amsgrad=a["amsgrad"], **moments(a)))
optimizer("Adagrad", "Adagrad", lambda: settings(rateDecay=rng.uniform(0, 0.3), initial=pick(0.0, rng.uniform(0, 1)), epsilon=pick(1e-10, 1e-5)),
          lambda p, a: O.Adagrad(p, a["rate"], a["rateDecay"], a["decay"], a["initial"], a["epsilon"]))
optimizer("Adadelta", "Adadelta", lambda: settings((0.1, 1), rho=rng.uniform(0.5, 0.95), epsilon=pick(1e-6, 1e-4)), lambda p, a: O.Adadelta(p, a["rate"], a["rho"], a["epsilon"], a["decay"]))
optimizer("Adamax", "Adamax", of_moments, lambda p, a: O.Adamax(p, **moments(a)))
optimizer("AveragedSgd", "ASGD", lambda: settings(**{"lambda": rng.uniform(0, 0.01), "alpha": rng.uniform(0.5, 0.9), "from": float(rng.randint(1, 8))}),
          lambda p, a: O.ASGD(p, a["rate"], a["lambda"], a["alpha"], a["from"], a["decay"]))
# In 1.13 the loop over parameters takes one momentum too many into its product; the foreach variant does not.
optimizer("NAdam", "NAdam", lambda: of_moments(momentumDecay=pick(4e-3, rng.uniform(0, 0.05))), lambda p, a: O.NAdam(p, momentum_decay=a["momentumDecay"], foreach=True, **moments(a)))
optimizer("RAdam", "RAdam", of_moments, lambda p, a: O.RAdam(p, **moments(a)))
optimizer("RmsProp", "RMSprop", lambda: settings(alpha=rng.uniform(0.5, 0.99), epsilon=pick(1e-8, 1e-4), momentum=pick(0.0, rng.uniform(0.1, 0.9)), centered=flip()),
          lambda p, a: O.RMSprop(p, a["rate"], a["alpha"], a["epsilon"], a["decay"], a["momentum"], a["centered"]))
optimizer("Rprop", "Rprop", lambda: settings(shrink=rng.uniform(0.3, 0.7), grow=rng.uniform(1.05, 1.5), smallest=1e-6, largest=rng.uniform(0.2, 50)),
          lambda p, a: O.Rprop(p, a["rate"], (a["shrink"], a["grow"]), (a["smallest"], a["largest"])))
optimizer("Lbfgs", "LBFGS", lambda: settings((0.3, 1), iterations=rng.randint(1, 3), history=rng.randint(2, 10), wolfe=flip()),
          lambda p, a: O.LBFGS(p, a["rate"], a["iterations"], history_size=a["history"], line_search_fn="strong_wolfe" if a["wolfe"] else None))


# Files of tensors.

KINDS = {"F64": numpy.float64, "I64": numpy.int64, "BOOL": numpy.bool_}


def write_tensors(path, tensors):
    header, blobs, at = {}, [], 0
    for name, tensor in tensors.items():
        array = tensor.detach().contiguous().numpy()
        kind = next(key for key, value in KINDS.items() if array.dtype == value)
        blob = array.tobytes()
        header[name] = {"dtype": kind, "shape": list(array.shape), "data_offsets": [at, at + len(blob)]}
        blobs.append(blob)
        at += len(blob)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        file.writelines(blobs)


def read_tensors(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        data = file.read()
    words = header.pop("__metadata__", {})
    arrays = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        arrays[name] = numpy.frombuffer(data[begin:end], KINDS[entry["dtype"]]).reshape(entry["shape"])
    return arrays, words


# A case on PyTorch's side: what goes over, and what is expected back.

def listed(x):
    return list(x) if isinstance(x, (list, tuple)) else [x]


def plain(tensor):
    return tensor.detach().to(torch.float64).clone()


def randomize(module):
    for name, tensor in module.state_dict().items():
        if name.endswith("num_batches_tracked"):
            tensor.fill_(rng.randint(0, 4))
        elif name.endswith("running_var"):
            tensor.copy_(torch.rand(tensor.shape) + 0.5)
        else:
            tensor.copy_((torch.rand(tensor.shape) - 0.5) * 1.6)


def put(numbers, what, tensors):
    for index, tensor in enumerate(tensors):
        if tensor is not None:
            numbers[f"{what}.{index}"] = tensor


def descend(optimizer, loss, steps):
    for _ in range(steps):
        def closure():
            optimizer.zero_grad()
            value = loss()
            value.backward()
            return value
        optimizer.step(closure)


EXTREMES = [0.0, 0.0, 1.0, 1.0, -1.0, math.inf, -math.inf, 1e30, -1e30, 1e-30, 120.0, -120.0, 10000.0]
PROBABILITIES = {"BinaryCrossEntropy": 2}


def extreme(name, inputs):
    """Inputs of whose numbers one in five is 0, ±∞, a tie, or very large or small; of probabilities, 0 or 1."""
    def one(x, index):
        if not x.is_floating_point() or x.numel() == 0:
            return x
        marks = torch.tensor([0.0, 1.0] if index < PROBABILITIES.get(name, 0) else EXTREMES)
        return torch.where(torch.rand(x.shape) < 0.2, marks[torch.randint(len(marks), x.shape)], x)
    return [one(x, index) for index, x in enumerate(inputs)]


def layer_case(name, repeat):
    """A case; with extremes where repeat is negative."""
    theirs, draw, make, run, _ = LAYERS[name]
    a, inputs = draw()
    if repeat < 0:
        inputs = extreme(name, inputs)
    training = a.get("training", True)
    module = make(a)
    is_module = isinstance(module, nn.Module)
    if is_module:
        randomize(module)
        module.train(training)
    state = {key: value.clone() for key, value in module.state_dict().items()} if is_module else {}
    grads = [index for index, x in enumerate(inputs) if x.is_floating_point()]
    given, expected = {f"state.{key}": value for key, value in state.items()}, {}
    put(given, "input", inputs)
    leaves = [x.clone().requires_grad_() if index in grads else x for index, x in enumerate(inputs)]
    outputs = listed(run(module, leaves, a))
    put(expected, "output", [plain(x) for x in outputs])
    seeds = [torch.randn(x.shape) if x.requires_grad else None for x in outputs]
    put(given, "seed", seeds)
    heads = [(x * seed).sum() for x, seed in zip(outputs, seeds) if seed is not None]
    if heads:
        sum(heads).backward()
    put(expected, "input_gradient", [None if index not in grads else torch.zeros_like(x) if x.grad is None else plain(x.grad) for index, x in enumerate(leaves)])
    parameters = list(module.named_parameters()) if is_module else []
    for key, parameter in parameters:
        expected[f"gradient.{key}"] = plain(parameter.grad) if parameter.grad is not None else torch.zeros(parameter.shape)
    steps = STEPS if parameters and heads and repeat % 4 == 0 else 0
    if steps:
        fixed = [x.detach() for x in leaves]
        descend(torch.optim.SGD([parameter for _, parameter in parameters], RATE, MOMENTUM),
                lambda: sum((x - seed).square().mean() for x, seed in zip(listed(run(module, fixed, a)), seeds) if seed is not None), steps)
    if is_module:
        for key, value in module.state_dict().items():
            expected[f"after.{key}"] = plain(value)
    return {"kind": "layer", "name": name, "args": {**a}, "grads": grads, "training": training, "steps": steps}, given, expected


def loss_case(name, repeat):
    _, draw, f, _ = LOSSES[name]
    a, inputs, grads = draw()
    if repeat < 0:
        inputs = [x if index in grads else y for index, (x, y) in enumerate(zip(extreme(name, inputs), inputs))]
    given, expected = {}, {}
    put(given, "input", inputs)
    leaves = [x.clone().requires_grad_() if index in grads else x for index, x in enumerate(inputs)]
    value = f(leaves, a)
    seed = torch.randn(value.shape)
    put(given, "seed", [seed])
    put(expected, "output", [plain(value)])
    (value * seed).sum().backward()
    put(expected, "input_gradient", [(plain(x.grad) if x.grad is not None else torch.zeros_like(x)) if index in grads else None for index, x in enumerate(leaves)])
    return {"kind": "loss", "name": name, "args": a, "grads": grads, "training": True, "steps": 0}, given, expected


def optimizer_case(name, repeat):
    _, draw, make, _ = OPTIMIZERS[name]
    a = draw()
    network = nn.Sequential(nn.Linear(4, 5), nn.Tanh(), nn.Linear(5, 3))
    randomize(network)
    given = {f"state.{key}": value.clone() for key, value in network.state_dict().items()}
    x, y = normal(6, 4), normal(6, 3)
    put(given, "input", [x, y])
    descend(make(list(network.parameters()), a), lambda: F.mse_loss(network(x), y), STEPS)
    return {"kind": "optimizer", "name": name, "args": a, "grads": [], "training": True, "steps": STEPS}, given, {f"after.{key}": plain(value) for key, value in network.state_dict().items()}


# The comparison and the report.

COLUMNS = [("output", "output"), ("input_gradient", "input gradients"), ("gradient", "parameter gradients"), ("after", "state after ten steps")]


def difference(mine, theirs):
    if mine.shape != tuple(theirs.shape):
        return math.inf
    theirs = theirs.numpy()
    if theirs.size == 0:
        return 0.0
    finite = numpy.isfinite(theirs)
    if not numpy.array_equal(mine[~finite], theirs[~finite], equal_nan=True) or not numpy.isfinite(mine[finite]).all():
        return math.inf
    if not finite.any():
        return 0.0
    return float(numpy.abs(mine[finite] - theirs[finite]).max() / max(1.0, numpy.abs(theirs[finite]).max()))


def gradus_side(cases):
    """Results and faults by the number of the case. In parts, since a file holds at most 131072 tensors."""
    mine, faults_of = {}, {}
    for first in range(0, len(cases), 10000):
        part, faults = gradus_part(cases[first:first + 10000])
        mine.update({first + number: results for number, results in part.items()})
        faults_of.update({str(first + int(number)): fault for number, fault in faults.items() if number.isdigit()})
    return mine, faults_of


def gradus_part(cases):
    with tempfile.TemporaryDirectory() as folder:
        cases_file, given_file, results_file = (os.path.join(folder, name) for name in ("cases.json", "given.safetensors", "results.safetensors"))
        with open(cases_file, "w") as file:
            json.dump([case for case, _, _ in cases], file)
        write_tensors(given_file, {f"{number}.{name}": tensor for number, (_, given, _) in enumerate(cases) for name, tensor in given.items()})
        program = os.path.join(ROOT, "artifacts", "bin", "Gradus.Compare", "release", "Gradus.Compare.dll")
        subprocess.run(["dotnet", program, "nn", cases_file, given_file, results_file], check=True)
        results, faults_of = read_tensors(results_file)
    mine = {}
    for name, array in results.items():
        number, rest = name.split(".", 1)
        mine.setdefault(int(number), {})[rest] = array
    return mine, faults_of


def disagreements(cases, mine, faults_of):
    """By item: how many cases there are, and in how many an output or a gradient is another, or NaN elsewhere."""
    found = {}
    for number, (case, _, expected) in enumerate(cases):
        row = found.setdefault(case["name"], {"cases": 0, "output": [], "gradient": []})
        row["cases"] += 1
        said = faults_of.get(str(number))
        if said:
            row["output"].append(said)
            continue
        for column, keys in (("output", [key for key in expected if key.startswith("output")]), ("gradient", [key for key in expected if "gradient" in key])):
            for key in keys:
                theirs = expected[key]
                own = mine.get(number, {}).get(key, numpy.zeros(tuple(theirs.shape)))
                if difference(own, theirs) > 1e-7:
                    row[column].append(f"{key}: {own.flatten()[:8].tolist()} for {theirs.flatten()[:8].tolist()} {json.dumps(case['args'])}")
                    break
    return found


def main():
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    wanted = set(sys.argv[1:])
    cases = []
    for table, one in ((LAYERS, layer_case), (LOSSES, loss_case), (OPTIMIZERS, optimizer_case)):
        for name, entry in table.items():
            if wanted and name not in wanted:
                continue
            # Each item has numbers of its own, so that another one changes none of its cases.
            rng.seed(name)
            torch.manual_seed(zlib.crc32(name.encode()))
            cases += [one(name, repeat) for repeat in range(entry[-1])]
    ends = []
    for table, one in ((LAYERS, layer_case), (LOSSES, loss_case)):
        for name in table:
            if wanted and name not in wanted:
                continue
            rng.seed(name + " at the extremes")
            torch.manual_seed(zlib.crc32(name.encode()) ^ 1)
            for _ in range(20):
                try:
                    ends.append(one(name, -1))
                except (RuntimeError, ValueError, AssertionError):
                    continue  # what PyTorch refuses
    others = disagreements(ends, *gradus_side(ends))
    mine, faults_of = gradus_side(cases)
    rows, faults = {}, []
    for number, (case, _, expected) in enumerate(cases):
        row = rows.setdefault((case["kind"], case["name"]), {"cases": 0, "names": True})
        row["cases"] += 1
        got = mine.get(number, {})
        said = faults_of.get(str(number))
        if said:
            faults.append(f"{case['name']}: {said} {json.dumps(case)}")
            row["output"] = math.inf
            continue
        names = {key for key in expected if key.startswith("after.")} == {key for key in got if key.startswith("after.")}
        if not names:
            row["names"] = False
            faults.append(f"{case['name']}: other names: {sorted(set(expected) ^ set(got))} {json.dumps(case['args'])}")
        for key, theirs in expected.items():
            column = key.split(".")[0]
            own = got[key] if key in got else numpy.zeros(tuple(theirs.shape)) if column == "input_gradient" else None
            amount = math.inf if own is None else difference(own, theirs)
            row[column] = max(row.get(column, 0.0), amount)
            if amount > KNOWN.get(case["name"], TOLERANCE):
                faults.append(f"{case['name']} {key}: {amount:.1e} {json.dumps(case)}")
    for name, row in others.items():
        if (row["output"] or row["gradient"]) and name not in EXPLAINED:
            first = (row["output"] + row["gradient"])[0]
            faults.append(f"{name} at the extremes: {len(row['output'])} outputs, {len(row['gradient'])} gradients of {row['cases']}: {first}")
    shown = {}
    for fault in faults:
        item = fault.split(" ")[0].rstrip(":")
        shown[item] = shown.get(item, 0) + 1
        if shown[item] <= 3:
            print(fault[:600])
    print(f"{len(cases)} cases, {len(rows)} items, {len(faults)} beyond the tolerance")
    if not wanted:
        report(rows, len(cases), others)
    return 1 if faults else 0


def figure(row, column):
    return "–" if column not in row else "0" if row[column] == 0 else f"{row[column]:.0e}"


def report(rows, count, others):
    theirs_of = {("layer", name): entry[0] for name, entry in LAYERS.items()} | {("loss", name): entry[0] for name, entry in LOSSES.items()} | {("optimizer", name): entry[0] for name, entry in OPTIMIZERS.items()}
    lines = [
        "# How far the network library is from PyTorch", "",
        f"{count} random configurations of {len(rows)} layers, losses and optimizers against PyTorch {re.split('[a+]', torch.__version__)[0]} in float64, "
        "by `tests/compare-torch/compare_nn.py`. The weights go over by the names of PyTorch's",
        "state_dict, in a safetensors file. A difference is |x − y| / max(1, greatest |y|), the worst of all cases and elements; at most 1e-9 is expected. A dash: there is nothing to compare.", "",
        NOTES, "",
    ]
    for kind, title, columns in (("layer", "Layers", COLUMNS), ("loss", "Losses", COLUMNS[:2]), ("optimizer", "Optimizers", COLUMNS[3:])):
        names = [name for of, name in rows if of == kind]
        ends = " state names |" if kind == "layer" else ""
        lines += [f"## {title}", ""]
        lines.append(f"| {kind} | PyTorch's | cases | " + " | ".join(text if kind != "optimizer" else "parameters after ten steps" for _, text in columns) + " |" + ends)
        lines.append("|---" * (3 + len(columns) + (1 if ends else 0)) + "|")
        for name in sorted(names):
            row = rows[(kind, name)]
            equal = (" " + ("–" if "after" not in row else "equal" if row["names"] else "DIFFERENT") + " |") if ends else ""
            lines.append(f"| {name} | {theirs_of[(kind, name)]} | {row['cases']} | " + " | ".join(figure(row, column) for column, _ in columns) + " |" + equal)
        lines.append("")
    differing = [name for name in sorted(others) if others[name]["output"] or others[name]["gradient"]]
    lines += ["## At the extremes", "",
              f"{sum(row['cases'] for row in others.values())} cases of the layers and losses with inputs of whose numbers one in five is 0, ±∞, a tie, "
              "±1e30 or ±1e-30. NaN and infinities must stand in the same places.",
              f"Outputs and gradients agree in all cases of {len(others) - len(differing)} of them. In {len(differing)} they differ in some:", "",
              "| item | cases | outputs differ | gradients differ | why |", "|---|---|---|---|---|"]
    lines += [f"| {name} | {others[name]['cases']} | {len(others[name]['output'])} | {len(others[name]['gradient'])} | {EXPLAINED.get(name, 'not explained')} |"
              for name in differing]
    lines.append("")
    with open(os.path.join(ROOT, "docs", "parity-nn.md"), "w") as file:
        file.write("\n".join(lines) + NOT_HERE)


LIMIT = "PyTorch has NaN at ±∞, Gradus the limit"
ROW = "rows of −∞ alone, and of ∞: PyTorch has NaN; Gradus 0 (−∞ for logarithms), and equal shares among the infinities"
BOUND = "on a bound PyTorch's gradient is 0, Gradus's 1, as its Clamp's is in both"
POWERS = "PyTorch takes no absolute value where p is odd, and has NaN for a window of zeros; Gradus 0"
IDLE = "where no gradient arrives, as behind a saturated unit, none flows back in Gradus, whatever stands there; PyTorch has 0 · ∞"
QUERIES = (
    "a key that is masked or later, or has weight 0 beside a mask, gives nothing in Gradus, even ∞ or NaN, and infinite scores share alike; "
    "PyTorch has NaN, and 0 for a query of NaN; beside 1e30 what cancels in a gradient leaves rounding on both sides; " + IDLE)
FLAT = "PyTorch has NaN for 0 / 0 and ∞ / ∞ of a distance's rule, Gradus 0"
EXPLAINED = {
    "Gelu": LIMIT, "Silu": LIMIT, "Hardswish": LIMIT, "Mish": LIMIT, "Softsign": LIMIT, "Softmax": ROW, "Softmin": ROW, "LogSoftmax": ROW,
    "Softmax2d": ROW, "CrossEntropy": ROW,
    "CrossEntropy.Distributions": ROW + "; a target 0 at −∞ costs nothing",
    "SoftCrossEntropy": ROW + "; a target 0 at −∞ costs nothing",
    "KlDivergence": "a target 0, at −∞ too, costs nothing in Gradus, and has a gradient; NaN in PyTorch",
    "BinaryCrossEntropyWithLogits": LIMIT, "MultiLabelSoftMargin": LIMIT,
    "SoftMargin": "PyTorch's e^−yz overflows above 709",
    "PairwiseDistance": FLAT, "TripletMargin": FLAT,
    "TripletMargin.OfDistance": (
        "PyTorch adds the margin to a distance, where it is lost beside 1e30, Gradus to the difference; through a loss of NaN, whose gradient "
        "PyTorch's clamp makes 0, Gradus passes what arrives"),
    "Relu6": BOUND, "LpPool1d": POWERS, "LpPool2d": POWERS, "LpPool3d": POWERS,
    "LpPool1d.CeilMode": POWERS, "LpPool2d.CeilMode": POWERS, "LpPool3d.CeilMode": POWERS,
    "Upsample": "weights of 0 beside infinities: nothing in Gradus, NaN in PyTorch",
    "ConvTranspose3d": IDLE, "AdaptiveLogSoftmaxWithLoss": ROW, "Rnn": IDLE, "RnnCell": IDLE, "LstmCell": IDLE, "GruCell": IDLE, "Sequential": IDLE, "MultiHeadAttention": QUERIES,
    "MultiHeadAttention.Weights": ROW + "; " + IDLE,
    "Transformer": QUERIES, "TransformerEncoder": QUERIES, "TransformerDecoder": QUERIES, "TransformerEncoderLayer": QUERIES,
    "TransformerDecoderLayer": QUERIES,
    "GaussianNegativeLogLikelihood": "a variance below ε has the gradient 0 in Gradus, that of ε in PyTorch",
    "Ctc": "a loss of 1e30 and more counts as impossible in Gradus; beside ∞ PyTorch has NaN",
    "MultiLabelMargin": "∞ − ∞ of two infinite scores is NaN in Gradus, in PyTorch it depends on the order",
}

NOTES = """Where the two differ, and why:

* **Hardsigmoid, CELU, BCE**: PyTorch's derivatives in f64 have the factors 1/6 and 1/alpha and the least denominator 1e-12 as rounded to f32; Gradus's are exact.
* **CTC**: PyTorch's derivative is that of log-probabilities which come out of a log-softmax; Gradus's is that of the formula. Both are compared through a log-softmax.
* **NAdam**: the loop of PyTorch 1.13 takes one momentum too many; its foreach variant, which is right, is compared.
* **LPPool**: PyTorch takes no absolute value where p is odd, and has NaN for the gradient of a window of zeros; the inputs are above zero here.
* **MaxUnpool**: where windows overlap, PyTorch keeps any of the values of one place, Gradus the last; they do not overlap here.
* **Masks**: a bool is true where a query attends, as in PyTorch's scaled_dot_product_attention; PyTorch's layers have it the other way round.
* **Dropout, RReLU**: random numbers differ, so they are compared in use, and dropout with p = 0 in training.
* **ignore_index**: -100 by default in PyTorch, none here: a label that is no class is an error.
* **BCE** gives the target a gradient too; PyTorch 1.13 has none there."""

NOT_HERE = """
## What is elsewhere, and what is not here

| PyTorch | Gradus |
|---|---|
| LazyLinear, LazyConv1d, LazyBatchNorm2d, … | a size that is left out: `new Linear(10)` |
| UpsamplingNearest2d, UpsamplingBilinear2d | `Upsample` with a mode; to a size: `Tensor.Interpolate` |
| MaxPool with return_indices | `Tensor.MaxPool1dWithIndex`, `MaxPool2dWithIndex`, `MaxPool3dWithIndex` |
| padding_mode of convolutions, ceil_mode of pools | `new Conv2d(3, 8, 3, new() { Padding = 1, PaddingMode = PadMode.Reflect })`, `new MaxPool2d(2) { CeilMode = true }` |
| pack_sequence, pack_padded_sequence, pad_packed_sequence, pad_sequence, unpack_sequence | `PackedSequence`, or `Lengths` beside a padded batch |
| TripletMarginWithDistanceLoss | `Losses.TripletMargin` with a distance |
| KLDivLoss with batchmean | `Losses.KlDivergence` with `Reduction.Sum`, divided by the number of rows |
| clip_grad_norm_, clip_grad_value_, get_total_norm | `Clip.ByNorm`, `Clip.ByValue`, `Clip.Norm` |
| parameters_to_vector, vector_to_parameters | `ParametersToVector`, `VectorToParameters` |
| fuse_conv_bn_eval, fuse_linear_bn_eval | `Fusion.Fuse` |
| weight_norm, spectral_norm and their parametrizations | `WeightNorm`, `SpectralNorm` |
| stateless.functional_call, torch.func.functional_call | `FunctionalCall` |
| init.uniform_, normal_, constant_, ones_, zeros_, eye_, dirac_, trunc_normal_, orthogonal_, sparse_ | `Init.Uniform`, `Normal`, `Value`, `Ones`, `Zeros`, `Eye`, `Dirac`, `TruncatedNormal`, `Orthogonal`, `Sparse` |
| init.xavier_uniform_, xavier_normal_, kaiming_uniform_, kaiming_normal_, calculate_gain | `Init.XavierUniform`, `XavierNormal`, `KaimingUniform`, `KaimingNormal`, `Gain`; by outputs (fan_out): `VarianceScaling` |
| LambdaLR, MultiplicativeLR, StepLR, MultiStepLR, ConstantLR, LinearLR, ExponentialLR, PolynomialLR | `Schedule.Of`, `Multiplicative`, `Step`, `MultiStep`, `Held`, `Linear`, `Exponential`, `Polynomial` |
| CosineAnnealingLR, CosineAnnealingWarmRestarts, CyclicLR, OneCycleLR, ChainedScheduler, SequentialLR, ReduceLROnPlateau | `Schedule.CosineAnnealing`, `CosineWarmRestarts`, `Cyclic`, `OneCycle`, `*`, `Then`, `ReduceOnPlateau` |
| ASGD, Adam with amsgrad, parameter groups | `AveragedSgd`, `AdamOptions.AmsGrad`, `ParameterGroup` by name or predicate |
| swa_utils.AveragedModel, get_ema_avg_fn, get_swa_avg_fn, update_bn | `WeightAverage.Exponential`, `WeightAverage.Equal`, `RecomputeStatistics` |
| MultiheadAttention with need_weights | `MultiHeadAttention.Weights` |

Not here, as yet:

* **Layers**: FractionalMaxPool, SyncBatchNorm, DataParallel and DistributedDataParallel.
* **Options of layers**: "same" of convolutions (a padding layer before does it), divisor_override of pools, kdim, vdim, add_bias_kv, add_zero_attn of
  attention, scale_grad_by_freq, sparse and include_last_offset of embeddings, RMSNorm over several axes, inputs without a batch.
* **Losses**: LinearCrossEntropyLoss.
* **Optimizers**: SparseAdam (there are no sparse gradients); the options maximize, foreach, fused, capturable, differentiable; adding a group to an optimizer that is there; hooks around a step.
* **Schedules**: cycling momentum (cycle_momentum of CyclicLR and OneCycleLR); SWALR.
* **nn.utils**: prune, parametrizations.orthogonal and parametrizations of one's own, skip_init, memory formats.
"""

if __name__ == "__main__":
    sys.exit(main())
