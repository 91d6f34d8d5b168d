#!/usr/bin/env python3
"""Compares Gradus with PyTorch on random cases and writes docs/parity.md.

Needs PyTorch (1.13 or later) and a built tests/compare-torch/Gradus.Compare. From the root of the repository:

    dotnet build -c Release tests/compare-torch/Gradus.Compare
    python3 tests/compare-torch/compare.py

Each case is an operator with arguments, element types, shapes, and views (transposed, sliced, flipped, expanded) under which it sees its inputs. Values,
gradients and, where "second" is set, the gradient of the sum of the squared gradients are compared. The worst difference of each operator is
|x - y| / max(1, |y|, greatest |y| of the array).
"""

import json
import math
import os
import random
import re
import subprocess
import sys
import tempfile

import torch
import torch.nn.functional as F

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
TYPES = {"f32": torch.float32, "f64": torch.float64, "i64": torch.int64, "bool": torch.bool}
TOLERANCE = {"f64": 1e-10, "f32": 1e-5}

# PyTorch's derivative of hardsigmoid multiplies by 1/6 rounded to f32, in f64 too; its second derivative of a product divides by factors, however small.
KNOWN = {("Hardsigmoid", "f64", "gradient"): 1e-8, ("Prod.All", "f32", "second"): 1e-4}
rng = random.Random(1)
OPERATIONS = {}


# Inputs: a leaf, and views of it that end in the shape that is wanted.

def values(count, domain, kind):
    if kind == "bool":
        return [float(rng.randrange(2)) for _ in range(count)]
    if kind == "i64":
        return [float(rng.randint(*domain)) for _ in range(count)]
    if domain == "distinct":
        drawn = [(place - count // 2) * 0.25 + 0.125 for place in range(count)]
        rng.shuffle(drawn)
    elif domain == "ties":
        drawn = [float(rng.randint(-2, 2)) for _ in range(count)]
    elif domain == "special":
        drawn = [rng.choice([0.0, -0.0, 1.5, -1.5, math.nan, math.inf, -math.inf]) for _ in range(count)]
    else:
        drawn = [rng.uniform(*domain) for _ in range(count)]
    return [float(torch.tensor(x, dtype=TYPES[kind])) for x in drawn]


def given(shape, kind, domain=(-2.0, 2.0), grad=True, strided=True):
    shape, views = list(shape), []
    leaf = list(shape)
    choice = rng.randrange(5) if strided and domain != "distinct" else 0
    if choice == 1 and len(shape) > 1:
        a, b = rng.sample(range(len(shape)), 2)
        leaf[a], leaf[b] = leaf[b], leaf[a]
        views = [["transpose", a, b]]
    elif choice == 2 and shape and all(shape):
        axis = rng.randrange(len(shape))
        step, start = rng.randint(1, 2), rng.randint(0, 1)
        leaf[axis] = start + (shape[axis] - 1) * step + 1
        views = [["slice", axis, start, shape[axis], step]]
    elif choice == 3 and shape:
        views = [["flip", rng.randrange(len(shape))]]
    elif choice == 4 and shape and all(shape):
        axis = rng.randrange(len(shape))
        leaf[axis] = 1
        views = [["expand", axis, shape[axis]]]
    return {"values": values(math.prod(leaf), domain, kind), "shape": leaf, "type": kind, "views": views, "grad": grad and kind in TOLERANCE}


def leaf_of(item):
    return torch.tensor(item["values"], dtype=torch.float64).reshape(item["shape"]).to(TYPES[item["type"]]).requires_grad_(item["grad"])


def view_of(item, x):
    for kind, *n in item["views"]:
        if kind == "transpose":
            x = x.transpose(*n)
        elif kind == "slice":
            x = x.narrow(n[0], n[1], (n[2] - 1) * n[3] + 1)[(slice(None),) * n[0] + (slice(None, None, n[3]),)]
        elif kind == "flip":
            x = x.flip(n[0])
        else:
            x = x.expand(*x.shape[: n[0]], n[1], *x.shape[n[0] + 1:])
    return x


def sizes(least=0, most=4, low=1, high=4):
    return [rng.randint(low, high) for _ in range(rng.randint(least, most))]


def partner(shape):
    """A shape that broadcasts with another."""
    return [1 if rng.random() < 0.25 else size for size in shape[rng.randint(0, len(shape)):]]


def operation(name, draw, torch_function, second=True, repeats=16):
    OPERATIONS[name] = (draw, torch_function, second, repeats)


# What there is to compare.

def unary(name, f, domain=(-2.0, 2.0), kinds=("f32", "f64"), **more):
    operation(name, lambda kind: ({}, [given(sizes(), rng.choice(kinds) if kind not in kinds else kind, domain)]), lambda t, a: f(t[0]), **more)


def binary(name, f, x=(-2.0, 2.0), y=(-2.0, 2.0), kinds=("f32", "f64"), **more):
    def draw(kind):
        kind = kind if kind in kinds else rng.choice(kinds)
        shape = sizes()
        pair = [given(shape, kind, x), given(partner(shape), kind, y)]
        return {}, pair
    operation(name, draw, lambda t, a: f(t[0], t[1]), **more)


for name, f, domain in [
    ("Negate", torch.neg, None), ("Square", torch.square, None), ("Abs", torch.abs, None), ("Sign", torch.sign, None), ("Exp", torch.exp, None), ("Exp2", torch.exp2, None),
    ("ExpM1", torch.expm1, None), ("Log", torch.log, (0.1, 3)), ("Log1P", torch.log1p, (-0.8, 3)), ("Log2", torch.log2, (0.1, 3)), ("Log10", torch.log10, (0.1, 3)), ("Sqrt", torch.sqrt, (0.1, 3)),
    ("Rsqrt", torch.rsqrt, (0.2, 3)), ("Reciprocal", torch.reciprocal, (0.3, 3)), ("Erf", torch.erf, None), ("Erfc", torch.erfc, None), ("Sin", torch.sin, (-9, 9)), ("Cos", torch.cos, (-9, 9)),
    ("Tan", torch.tan, (-1.2, 1.2)), ("Asin", torch.asin, (-0.9, 0.9)), ("Acos", torch.acos, (-0.9, 0.9)), ("Atan", torch.atan, (-9, 9)), ("Sinh", torch.sinh, None), ("Cosh", torch.cosh, None),
    ("Asinh", torch.asinh, None), ("Acosh", torch.acosh, (1.2, 4)), ("Atanh", torch.atanh, (-0.9, 0.9)), ("Floor", torch.floor, (-9, 9)), ("Ceil", torch.ceil, (-9, 9)), ("Round", torch.round, "ties"),
    ("Trunc", torch.trunc, (-9, 9)), ("Frac", torch.frac, (-9, 9)), ("Copy", torch.clone, None), ("IsNan", torch.isnan, "special"), ("IsInf", torch.isinf, "special"), ("IsFinite", torch.isfinite, "special"),
    ("NanToNum", torch.nan_to_num, "special"), ("Relu", torch.relu, None), ("Sigmoid", torch.sigmoid, (-20, 20)), ("Tanh", torch.tanh, (-9, 9)), ("Gelu", F.gelu, (-6, 6)),
    ("GeluTanh", lambda x: F.gelu(x, approximate="tanh"), (-6, 6)), ("Silu", F.silu, (-20, 20)), ("Mish", F.mish, (-9, 9)), ("Selu", F.selu, None), ("LogSigmoid", F.logsigmoid, (-20, 20)),
    ("Hardswish", F.hardswish, (-5, 5)), ("Hardsigmoid", F.hardsigmoid, (-5, 5)), ("Hardtanh", F.hardtanh, None), ("Relu6", F.relu6, (-9, 9)), ("Softsign", F.softsign, None), ("Tanhshrink", F.tanhshrink, (0.5, 3)),
]:
    unary(name, f, domain or (-2.0, 2.0))

unary("LogicalNot", torch.logical_not, kinds=("bool",))
unary("Cast", lambda x: x.to(torch.float32), domain=(-9, 9), kinds=("i64", "f64", "bool"), second=False)
for name, f in [("Add", torch.add), ("Subtract", torch.sub), ("Multiply", torch.mul), ("Maximum", torch.maximum), ("Minimum", torch.minimum), ("LogAddExp", torch.logaddexp)]:
    binary(name, f)
binary("Divide", torch.div, y=(0.3, 2))
binary("Pow", torch.pow, x=(0.2, 2))
binary("Atan2", torch.atan2, x=(0.3, 2))
binary("Hypot", torch.hypot, x=(0.3, 2))
binary("XLogY", torch.xlogy, y=(0.2, 2))
binary("Remainder", torch.remainder, x=(-9, 9), y=(0.7, 2))
binary("Fmod", torch.fmod, x=(-9, 9), y=(0.7, 2))
for name, f in [("Equal", torch.eq), ("NotEqual", torch.ne), ("Less", torch.lt), ("LessOrEqual", torch.le), ("Greater", torch.gt), ("GreaterOrEqual", torch.ge)]:
    binary(name, f, "ties", "ties")
binary("IsClose", torch.isclose, "special", "special")
for name, f in [("LogicalAnd", torch.logical_and), ("LogicalOr", torch.logical_or), ("LogicalXor", torch.logical_xor)]:
    binary(name, f, kinds=("bool",))


def three(name, f, first):
    def draw(kind):
        shape = sizes()
        return {}, [given(shape, first or kind), given(partner(shape), kind), given(partner(shape), kind)]
    operation(name, draw, lambda t, a: f(*t))


three("Where", torch.where, "bool")
three("Lerp", torch.lerp, None)


def numbers(name, f, domain=(-2.0, 2.0), **arguments):
    operation(name, lambda kind: ({key: rng.choice(choices) for key, choices in arguments.items()}, [given(sizes(), kind, domain)]), lambda t, a: f(t[0], **a))


numbers("Clamp", lambda x, min, max: torch.clamp(x, min, max), min=[-1.0, -0.5], max=[0.5, 1.0])
numbers("Pow.Number", lambda x, y: torch.pow(x, y), domain=(0.2, 2), y=[0.0, 0.5, 1.0, 2.0, 3.0, -1.5])
numbers("Elu", lambda x, alpha: F.elu(x, alpha), alpha=[0.5, 1.0, 2.0])
numbers("Celu", lambda x, alpha: F.celu(x, alpha), alpha=[0.5, 1.0, 2.0])
numbers("LeakyRelu", lambda x, slope: F.leaky_relu(x, slope), slope=[0.01, 0.2])
numbers("Softplus", lambda x, beta, threshold: F.softplus(x, beta, threshold), domain=(-9, 9), beta=[0.5, 1, 2], threshold=[3, 20])
numbers("Hardshrink", lambda x, **a: F.hardshrink(x, a["lambda"]), **{"lambda": [0.3, 0.5]})
numbers("Softshrink", lambda x, **a: F.softshrink(x, a["lambda"]), **{"lambda": [0.3, 0.5]})
numbers("Threshold", lambda x, threshold, value: F.threshold(x, threshold, value), threshold=[0.1, 1.0], value=[0.0, 7.0])


def along(name, f, domain=(-2.0, 2.0), kinds=("f32", "f64"), even=False, high=4, extra=lambda axis, shape: {}, **more):
    def draw(kind):
        kind = kind if kind in kinds else rng.choice(kinds)
        shape = sizes(1, high=high)
        axis = rng.randrange(len(shape))
        if even:
            shape[axis] *= 2
        arguments = {"axis": axis - rng.choice([0, len(shape)]), "keep": rng.random() < 0.5, **extra(axis, shape)}
        return arguments, [given(shape, kind, domain)]
    operation(name, draw, lambda t, a: f(t[0], **a), **more)


along("Glu", lambda x, axis, keep: F.glu(x, axis), even=True)
along("Softmax", lambda x, axis, keep: F.softmax(x, axis), high=9)
along("Softmin", lambda x, axis, keep: F.softmin(x, axis), high=9)
along("LogSoftmax", lambda x, axis, keep: F.log_softmax(x, axis), high=9)
along("Prod", lambda x, axis, keep: torch.prod(x, axis, keepdim=keep))
along("All", lambda x, axis, keep: torch.all(x, axis, keepdim=keep), kinds=("bool",))
along("Any", lambda x, axis, keep: torch.any(x, axis, keepdim=keep), kinds=("bool",))
along("ArgMax", lambda x, axis, keep: torch.argmax(x, axis, keepdim=keep), "distinct")
along("ArgMin", lambda x, axis, keep: torch.argmin(x, axis, keepdim=keep), "distinct")
along("CumSum", lambda x, axis, keep: torch.cumsum(x, axis), high=9)
along("CumProd", lambda x, axis, keep: torch.cumprod(x, axis))
along("LogCumSumExp", lambda x, axis, keep: torch.logcumsumexp(x, axis), second=False)
along("MaxAlong", lambda x, axis, keep: tuple(torch.max(x, axis, keepdim=keep)), "distinct")
along("MinAlong", lambda x, axis, keep: tuple(torch.min(x, axis, keepdim=keep)), "distinct")
along("Sort", lambda x, axis, keep, descending: tuple(torch.sort(x, stable=True, dim=axis, descending=descending)), "ties",
      high=9, extra=lambda axis, shape: {"descending": rng.random() < 0.5})
along("TopK", lambda x, axis, keep, count, largest: tuple(torch.topk(x, count, axis, largest)), "distinct", extra=lambda axis, shape: {"count": rng.randint(1, shape[axis]), "largest": rng.random() < 0.5})
along("Normalize", lambda x, axis, keep, p: F.normalize(x, p, axis), "distinct", extra=lambda axis, shape: {"p": rng.choice([1.0, 2.0, 3.0])})
along("Median", lambda x, axis, keep: tuple(torch.median(x, axis, keep)), "distinct")
along("NanMedian", lambda x, axis, keep: tuple(torch.nanmedian(x, axis, keep)), "distinct")
INTERPOLATION = ["linear", "lower", "higher", "nearest", "midpoint"]
for name, f in [("Quantile", torch.quantile), ("NanQuantile", torch.nanquantile)]:
    along(name,
          lambda x, axis, keep, q, interpolation, f=f: f(x, torch.tensor([q, 0.5], dtype=x.dtype), axis, keep, interpolation=INTERPOLATION[interpolation]),
          "distinct",
          extra=lambda axis, shape: {"q": rng.choice([0.0, 0.3, 0.85, 1.0]), "interpolation": rng.randrange(5)})
along("RepeatInterleave", lambda x, axis, keep, count: torch.repeat_interleave(x, count, axis), extra=lambda axis, shape: {"count": rng.randint(1, 3)})
along("Roll", lambda x, axis, keep, shift: torch.roll(x, shift, axis), extra=lambda axis, shape: {"shift": rng.randint(-5, 5)})
along("Unfold", lambda x, axis, keep, size, step: x.unfold(axis, size, step), extra=lambda axis, shape: {"size": rng.randint(1, shape[axis]), "step": rng.randint(1, 2)})
along("Split", lambda x, axis, keep, size: tuple(torch.split(x, size, axis)), extra=lambda axis, shape: {"size": rng.randint(1, 3)})
along("Chunk", lambda x, axis, keep, count: tuple(torch.chunk(x, count, axis)), extra=lambda axis, shape: {"count": rng.randint(1, 3)})
along("Unbind", lambda x, axis, keep: tuple(torch.unbind(x, axis)))
along("Select", lambda x, axis, keep, index: torch.select(x, axis, index), extra=lambda axis, shape: {"index": rng.randrange(shape[axis])})
along("Slice", lambda x, axis, keep, start, length, step: torch.narrow(x, axis, start, length), extra=lambda axis, shape: {"start": 0, "length": rng.randint(1, shape[axis]), "step": 1})


def reduced(name, f, domain=(-2.0, 2.0), extra=lambda: {}, **more):
    def draw(kind):
        shape = sizes(1)
        axes = rng.sample(range(len(shape)), rng.randint(1, len(shape)))
        if name in ("Var", "Std"):
            for axis in axes:
                shape[axis] += 2
        return {"axes": axes, "keep": rng.random() < 0.5, **extra()}, [given(shape, kind, domain)]
    operation(name, draw, lambda t, a: f(t[0], **a), **more)


unary("Sum.All", torch.sum)
unary("Max.All", torch.max)
unary("Prod.All", torch.prod)
reduced("Sum", lambda x, axes, keep: torch.sum(x, axes, keepdim=keep))
reduced("Mean", lambda x, axes, keep: torch.mean(x, axes, keepdim=keep))
reduced("Max", lambda x, axes, keep: torch.amax(x, axes, keepdim=keep), "ties")
reduced("Min", lambda x, axes, keep: torch.amin(x, axes, keepdim=keep), "ties")
reduced("Var", lambda x, axes, keep, correction: torch.var(x, axes, correction=correction, keepdim=keep), "distinct", extra=lambda: {"correction": rng.choice([0, 1])})
reduced("Std", lambda x, axes, keep, correction: torch.std(x, axes, correction=correction, keepdim=keep), "distinct", extra=lambda: {"correction": rng.choice([0, 1])})
reduced("Norm", lambda x, axes, keep, p: torch.linalg.vector_norm(x, p, axes, keep), "distinct", extra=lambda: {"p": rng.choice([1.0, 2.0, 3.0])})
reduced("LogSumExp", lambda x, axes, keep: torch.logsumexp(x, axes, keep))
reduced("CountNonzero", lambda x, axes, keep: torch.count_nonzero(x, axes), "ties")
reduced("Flip", lambda x, axes, keep: torch.flip(x, axes))
operation("UniqueValues", lambda kind: ({}, [given(sizes(1), kind, "ties", grad=False)]), lambda t, a: torch.unique(t[0], return_inverse=True, return_counts=True))


def reshaped(kind):
    shape = sizes(1)
    return {"sizes": [-1, *shape[::-1][:1]] if rng.random() < 0.5 else shape[::-1]}, [given(shape, kind)]


def permuted(kind):
    shape = sizes()
    return {"order": rng.sample(range(len(shape)), len(shape))}, [given(shape, kind)]


def expanded(kind):
    shape = sizes(high=3)
    return {"sizes": [2] * rng.randint(0, 2) + shape}, [given([1 if rng.random() < 0.4 else size for size in shape], kind)]


def counted(kind):
    shape = sizes(0, 3)
    return {"counts": [rng.randint(1, 2) for _ in range(len(shape) + rng.randint(0, 1))]}, [given(shape, kind)]


def moved(kind):
    shape = sizes(1)
    return {"from": rng.randrange(len(shape)), "to": rng.randrange(-len(shape), 0)}, [given(shape, kind)]


operation("Reshape", reshaped, lambda t, a: t[0].reshape(a["sizes"]))
operation("Permute", permuted, lambda t, a: t[0].permute(a["order"]))
operation("Expand", expanded, lambda t, a: t[0].expand(a["sizes"]))
operation("Repeat", counted, lambda t, a: t[0].repeat(a["counts"]))
operation("MoveAxis", moved, lambda t, a: torch.movedim(t[0], a["from"], a["to"]))
operation("Rot90", lambda kind: ({"turns": rng.randint(-3, 5)}, [given(sizes(2), kind)]), lambda t, a: torch.rot90(t[0], a["turns"], (0, 1)))
operation("Diagonal", lambda kind: ({"offset": rng.randint(-1, 1)}, [given(sizes(2, low=2), kind)]), lambda t, a: torch.diagonal(t[0], a["offset"]))
operation("DiagonalEmbed", lambda kind: ({"offset": rng.randint(-2, 2)}, [given(sizes(1, 3), kind)]), lambda t, a: torch.diag_embed(t[0], a["offset"]))
operation("Tril", lambda kind: ({"diagonal": rng.randint(-2, 2)}, [given(sizes(2), kind)]), lambda t, a: torch.tril(t[0], a["diagonal"]))
operation("Triu", lambda kind: ({"diagonal": rng.randint(-2, 2)}, [given(sizes(2), kind)]), lambda t, a: torch.triu(t[0], a["diagonal"]))


def joined(kind):
    shape = sizes(1, 3)
    axis = rng.randrange(len(shape))
    return {"axis": axis}, [given([rng.randint(1, 3) if place == axis else size for place, size in enumerate(shape)], kind) for _ in range(rng.randint(1, 3))]


def stacked(kind):
    shape = sizes(0, 3)
    return {"axis": rng.randint(0, len(shape))}, [given(shape, kind) for _ in range(rng.randint(1, 3))]


operation("Concat", joined, lambda t, a: torch.cat(t, a["axis"]))
operation("Stack", stacked, lambda t, a: torch.stack(t, a["axis"]))
operation("MeshGrid", lambda kind: ({}, [given([rng.randint(1, 3)], kind) for _ in range(rng.randint(1, 3))]), lambda t, a: torch.meshgrid(*t, indexing="ij"))
MODES = ["constant", "reflect", "replicate", "circular"]


def padded(kind):
    mode = rng.randrange(4)
    return {"axis": 2, "before": rng.randint(0, 2), "after": rng.randint(0, 2), "mode": mode, "value": rng.choice([0.0, 1.5]) if mode == 0 else 0.0}, [given([rng.randint(1, 3), rng.randint(1, 3), rng.randint(3, 5)], kind)]


operation("Pad", padded, lambda t, a: F.pad(t[0], (a["before"], a["after"]), MODES[a["mode"]], **({"value": a["value"]} if a["mode"] == 0 else {})))


# Indices.

def index(shape, size, strided=True):
    return given(shape, "i64", (0, size - 1), grad=False, strided=strided)


def gathered(kind, source=False, least=1):
    shape = sizes(least, 3)
    axis = rng.randrange(len(shape))
    chosen = [rng.randint(1, size) for size in shape]
    inputs = [given(shape, kind), index(chosen, shape[axis])]
    return {"axis": axis}, inputs + ([given(chosen, kind)] if source else [])


def scattered(kind):
    """Each position at most once: what replaces what is otherwise not defined in PyTorch."""
    shape = sizes(1, 1, 2, 6)
    places = rng.sample(range(shape[0]), rng.randint(1, shape[0]))
    return {"axis": 0}, [given(shape, kind), {"values": [float(place) for place in places], "shape": [len(places)], "type": "i64", "views": [], "grad": False}, given([len(places)], kind)]


def rows(kind, source=True, unique=False):
    shape = sizes(1, 3, 2, 5)
    axis = rng.randrange(len(shape))
    places = rng.sample(range(shape[axis]), rng.randint(1, shape[axis])) if unique else [rng.randrange(shape[axis]) for _ in range(rng.randint(1, 5))]
    inputs = [given(shape, kind), {"values": [float(place) for place in places], "shape": [len(places)], "type": "i64", "views": [], "grad": False}]
    return {"axis": axis}, inputs + ([given([len(places) if place == axis else size for place, size in enumerate(shape)], kind)] if source else [])


def masked(kind):
    shape = sizes(1)
    return {"value": 1.5}, [given(shape, kind), given(shape, "bool", grad=False)]


operation("Gather", gathered, lambda t, a: torch.gather(t[0], a["axis"], t[1]))
operation("TakeAlong", lambda kind: (lambda drawn: (drawn[0], [drawn[1][0], index(drawn[1][0]["shape"] if not drawn[1][0]["views"] else list(view_of(drawn[1][0], leaf_of(drawn[1][0])).shape), 1)]))(gathered(kind)),
          lambda t, a: torch.take_along_dim(t[0], t[1], a["axis"]))
operation("Take", lambda kind: (lambda shape: ({}, [given(shape, kind), index(sizes(1, 2), math.prod(shape))]))(sizes(1)), lambda t, a: torch.take(t[0], t[1]))
operation("IndexSelect", lambda kind: rows(kind, source=False), lambda t, a: torch.index_select(t[0], a["axis"], t[1]))
operation("Scatter", scattered, lambda t, a: torch.scatter(t[0], a["axis"], t[1], t[2]))
operation("ScatterAdd", lambda kind: gathered(kind, source=True), lambda t, a: torch.scatter_add(t[0], a["axis"], t[1], t[2]))
REDUCTIONS = ["sum", "mean", "prod", "amax", "amin"]


def combined(kind):
    """Of extremes, different numbers on both sides: the shares of equal ones are compared by the battery."""
    arguments, inputs = gathered(kind, source=True)
    reduction = rng.randrange(5)
    if reduction > 1:
        shape, chosen = [list(view_of(item, leaf_of(item)).shape) for item in (inputs[0], inputs[2])]
        drawn = values(math.prod(shape) + math.prod(chosen), "distinct", kind)
        inputs[0] = {"values": drawn[:math.prod(shape)], "shape": shape, "type": kind, "views": [], "grad": True}
        inputs[2] = {"values": drawn[math.prod(shape):], "shape": chosen, "type": kind, "views": [], "grad": True}
    return {**arguments, "reduction": reduction, "self": rng.random() < 0.5}, inputs


def segmented(kind):
    rows, count = rng.randint(1, 7), rng.randint(1, 4)
    return {"count": count, "reduction": rng.randrange(5)}, [given([rows, *sizes(0, 1, 1, 3)], kind, "distinct"), index([rows], count, strided=False)]


def in_segments(x, numbers, count, reduction):
    where = numbers.reshape(-1, *[1] * (x.dim() - 1)).expand(x.shape)
    return x.new_zeros([count, *x.shape[1:]]).scatter_reduce(0, where, x, REDUCTIONS[reduction], include_self=False)


def segment_shares(x, numbers):
    powers = (x - x.detach().max()).exp()
    return powers / in_segments(powers, numbers, int(numbers.max()) + 1, 0)[numbers]


operation("ScatterReduce", combined,
          lambda t, a: torch.scatter_reduce(t[0], a["axis"], t[1], t[2], REDUCTIONS[a["reduction"]], include_self=a["self"]), second=False)
operation("SegmentReduce", segmented, lambda t, a: in_segments(t[0], t[1], a["count"], a["reduction"]), second=False)
operation("SegmentSoftmax", segmented, lambda t, a: segment_shares(*t))
operation("IndexAdd", rows, lambda t, a: torch.index_add(t[0], a["axis"], t[1], t[2]))
operation("IndexCopy", lambda kind: rows(kind, unique=True), lambda t, a: torch.index_copy(t[0], a["axis"], t[1], t[2]))
operation("IndexFill", lambda kind: (lambda drawn: ({**drawn[0], "value": 2.5}, drawn[1]))(rows(kind, source=False)), lambda t, a: torch.index_fill(t[0], a["axis"], t[1], a["value"]))


def put(kind):
    arguments, inputs = rows(kind, unique=True)
    shape = list(view_of(inputs[0], leaf_of(inputs[0])).shape)
    places = rng.sample(range(shape[0]), rng.randint(1, shape[0]))
    inputs[1] = {"values": [float(place) for place in places], "shape": [len(places)], "type": "i64", "views": [], "grad": False}
    inputs[2] = given([len(places), *shape[1:]], kind)
    return {"accumulate": rng.random() < 0.5}, inputs


def paired(kind):
    shape = sizes(2, 4)
    return {}, [given(shape, kind), index([3], shape[0]), index([2, 1], shape[1])]


operation("IndexPut", put, lambda t, a: torch.index_put(t[0], (t[1],), t[2], a["accumulate"]))
operation("IndexByTensors", paired, lambda t, a: t[0][t[1], t[2]])
operation("MaskedFill", masked, lambda t, a: torch.masked_fill(t[0], t[1], a["value"]))
operation("MaskedSelect", masked, lambda t, a: torch.masked_select(t[0], t[1]))
operation("NonZero", lambda kind: ({}, [given(sizes(1), kind, "ties", grad=False)]), lambda t, a: torch.nonzero(t[0]))
operation("SearchSorted", lambda kind: ({"right": rng.random() < 0.5}, [
    {"values": sorted(float(rng.randint(-3, 3)) for _ in range(6)), "shape": [6], "type": kind, "views": [], "grad": False}, given(sizes(1), kind, "ties", grad=False)]),
    lambda t, a: torch.searchsorted(t[0], t[1].contiguous(), right=a["right"]))
operation("BinCount", lambda kind: ({"least": rng.randint(0, 6)}, [index([7], 4), given([7], kind, grad=False)]), lambda t, a: torch.bincount(t[0], t[1], a["least"]))
operation("OneHot", lambda kind: ({"classes": 5}, [index(sizes(1, 3), 5)]), lambda t, a: F.one_hot(t[0], a["classes"]))


# Products, windows, norms, attention.

def product(kind):
    m, k, n = (rng.randint(1, 5) for _ in range(3))
    lead = sizes(0, 2, 1, 3)
    form = rng.randrange(5)
    x, y = {0: ([k], [k]), 1: ([*lead, m, k], [k]), 2: ([k], [*lead, k, n]), 3: ([*lead, m, k], [*partner(lead), k, n])}.get(form, ([m, k], [k, n]))
    return {}, [given(x, kind), given(y, kind)]


def linear(kind):
    inner, outer = rng.randint(1, 5), rng.randint(1, 5)
    return {}, [given(sizes(1, 3) + [inner], kind), given([outer, inner], kind), given([outer], kind)]


operation("MatMul", product, lambda t, a: torch.matmul(*t))
operation("Linear", linear, lambda t, a: F.linear(*t))
operation("PRelu", lambda kind: (lambda shape: ({}, [given(shape, kind), given([shape[1]], kind)]))(sizes(2, 4)), lambda t, a: F.prelu(*t))
operation("CrossEntropy", lambda kind: (lambda batch, classes: ({}, [given([batch, classes], kind), index([batch], classes)]))(rng.randint(1, 5), rng.randint(1, 6)),
          lambda t, a: F.cross_entropy(t[0], t[1], reduction="none"))
operation("BinaryCrossEntropy", lambda kind: (lambda shape: ({}, [given(shape, kind, (-9, 9)), given(shape, kind, (0, 1), grad=False)]))(sizes()),
          lambda t, a: F.binary_cross_entropy_with_logits(t[0], t[1], reduction="none"))


def window(transposed=False, rank=2):
    def draw(kind):
        groups = rng.choice([1, 1, 2])
        images, channels, filters = rng.randint(1, 2), groups * rng.randint(1, 2), groups * rng.randint(1, 2)
        kernel, stride, padding, dilation = ([rng.randint(low, high) for _ in range(2)] for low, high in ((1, 3), (1, 2), (0, 1), (1, 2)))
        if rank == 1:
            stride[0], padding[0], dilation[0] = 1, 0, 1
        more = [rng.randrange(step) for step in stride]
        plane = [rng.randint(5, 8), rng.randint(5, 8)][-rank:]
        weight = [channels, filters // groups] if transposed else [filters, channels // groups]
        inputs = [given([images, channels, *plane], kind), given([*weight, *kernel[-rank:]], kind)]
        return {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups, "more": more}, inputs + ([given([filters], kind)] if rng.random() < 0.5 else [])
    return draw


def convolve(f, rank):
    return lambda t, a: f(t[0], t[1], t[2] if len(t) > 2 else None, a["stride"][-rank:], a["padding"][-rank:], a["dilation"][-rank:], a["groups"])


operation("Conv2d", window(), convolve(F.conv2d, 2))
operation("Conv1d", window(rank=1), convolve(F.conv1d, 1))
operation("ConvTranspose2d", window(transposed=True),
          lambda t, a: F.conv_transpose2d(t[0], t[1], t[2] if len(t) > 2 else None, a["stride"], a["padding"], a["more"], a["groups"], a["dilation"]))


def pooled(kind, domain="distinct"):
    kernel = [rng.randint(2, 3) for _ in range(2)]
    return {"kernel": kernel, "stride": [rng.randint(1, 3) for _ in range(2)], "padding": [rng.randint(0, 1) for _ in range(2)], "dilation": [1, 1] if domain != "distinct" else [rng.randint(1, 2) for _ in range(2)],
            "count": rng.random() < 0.5}, [given([rng.randint(1, 2), rng.randint(1, 2), rng.randint(5, 7), rng.randint(5, 7)], kind, domain)]


operation("MaxPool2d", pooled, lambda t, a: F.max_pool2d(t[0], a["kernel"], a["stride"], a["padding"], a["dilation"]))
operation("AvgPool2d", lambda kind: pooled(kind, (-2, 2)), lambda t, a: F.avg_pool2d(t[0], a["kernel"], a["stride"], a["padding"], False, a["count"]))
operation("AdaptiveAvgPool2d", lambda kind: ({"size": [rng.randint(1, 5), rng.randint(1, 5)]}, pooled(kind, (-2, 2))[1]), lambda t, a: F.adaptive_avg_pool2d(t[0], a["size"]))
operation("Unfold2d", lambda kind: pooled(kind), lambda t, a: F.unfold(t[0], a["kernel"], a["dilation"], a["padding"], a["stride"]))


def folded(kind):
    arguments, inputs = pooled(kind)
    arguments["size"] = [rng.randint(5, 7), rng.randint(5, 7)]
    windows = F.unfold(torch.zeros(2, 2, *arguments["size"]), arguments["kernel"], arguments["dilation"], arguments["padding"], arguments["stride"])
    return arguments, [given(list(windows.shape), kind)]


operation("Fold2d", folded, lambda t, a: F.fold(t[0], a["size"], a["kernel"], a["dilation"], a["padding"], a["stride"]))
operation("LayerNorm", lambda kind: (lambda shape: ({"epsilon": 1e-5}, [given(shape, kind, "distinct"), given(shape[-1:], kind), given(shape[-1:], kind)]))(sizes(1, 3) + [rng.randint(3, 9)]),
          lambda t, a: F.layer_norm(t[0], t[0].shape[-1:], t[1], t[2], a["epsilon"]))


def channels(kind, statistics=False):
    shape = [rng.randint(2, 4), rng.randint(1, 3), *sizes(0, 2)]
    return {"epsilon": 1e-5}, [given(shape, kind, "distinct"), given(shape[1:2], kind), given(shape[1:2], kind)] + (
        [given(shape[1:2], kind, grad=False), given(shape[1:2], kind, (0.5, 2), grad=False)] if statistics else [])


operation("BatchNorm", channels, lambda t, a: F.batch_norm(t[0], None, None, t[1].contiguous(), t[2].contiguous(), True, 0.1, a["epsilon"]))
operation("BatchNormInference", lambda kind: channels(kind, True), lambda t, a: F.batch_norm(t[0], *(x.contiguous() for x in t[3:]), t[1].contiguous(), t[2].contiguous(), False, 0.1, a["epsilon"]))


def attended(kind):
    lead, queries, keys, width = sizes(0, 2, 1, 3), rng.randint(1, 4), rng.randint(1, 4), rng.randint(1, 4)
    inputs = [given([*lead, queries, width], kind), given([*lead, keys, width], kind), given([*lead, keys, width], kind)]
    causal = rng.random() < 0.3
    return {"causal": causal}, inputs + ([given([queries, keys], kind, grad=False)] if not causal and rng.random() < 0.5 else [])


def attention(t, a):
    scores = t[0] @ t[1].transpose(-1, -2) / math.sqrt(t[0].shape[-1])
    if len(t) > 3:
        scores = scores + t[3]
    if a["causal"]:
        scores = scores.masked_fill(torch.ones(scores.shape[-2:], dtype=torch.bool).triu(1), -math.inf)
    return F.softmax(scores, -1) @ t[2]


operation("Attention", attended, attention)


def recurrent(gates, states):
    def draw(kind):
        batch, time, inputs, hidden = (rng.randint(1, 4) for _ in range(4))
        return {}, [given([batch, time, inputs], kind)] + [given([batch, hidden], kind) for _ in range(states)] + [
            given([gates * hidden, inputs], kind), given([gates * hidden, hidden], kind), given([gates * hidden], kind), given([gates * hidden], kind)]
    return draw


def lstm(t, a):
    results = torch._VF.lstm(t[0], (t[1].unsqueeze(0).contiguous(), t[2].unsqueeze(0).contiguous()), [x.contiguous() for x in t[3:]], True, 1, 0.0, False, False, True)
    return results[0], results[1].squeeze(0), results[2].squeeze(0)


def gru(t, a):
    results = torch._VF.gru(t[0], t[1].unsqueeze(0).contiguous(), [x.contiguous() for x in t[2:]], True, 1, 0.0, False, False, True)
    return results[0], results[1].squeeze(0)


operation("Lstm", recurrent(4, 2), lstm)
operation("Gru", recurrent(3, 1), gru)


# The two sides.

def square(kind, strided=True):
    n = rng.randint(1, 4)
    return {}, [given(sizes(0, 1, 1, 3) + [n, n], kind, strided=strided)]


def regular(x):
    """Far from a singular matrix, even where rows are equal: what is added outweighs a row of four numbers below 0.2,
    and determinants are about 1. Of a matrix that is not square, full rank."""
    return x / 10 + torch.eye(*x.shape[-2:], dtype=x.dtype)


def positive(x):
    return x @ x.mT + torch.eye(x.shape[-1], dtype=x.dtype)


def pair(draw):
    def inputs(kind):
        x, y = draw()
        return {}, [given(x, kind), given(y, kind)]
    return inputs


def vectors():
    n = rng.randint(1, 5)
    return [n], [n]


def batches():
    b, m, k, n = (rng.randint(1, 4) for _ in range(4))
    return [b, m, k], [b, k, n]


def system(kind):
    n, lead = rng.randint(1, 4), sizes(0, 1, 1, 3)
    return {}, [given([*lead, n, n], kind), given([*lead, n, rng.randint(1, 3)], kind)]


EQUATIONS = {"ij,jk->ik": "ij jk", "bij,bkj->bik": "bij bkj", "ii->i": "ii", "ij->": "ij", "i,j,k": "i j k", "bhid,bhjd->bhij": "bhid bhjd", "ij,ij->j": "ij ij", "iij,j->i": "iij j"}


def equation(kind):
    name = rng.choice(list(EQUATIONS))
    size = {letter: rng.randint(1, 3) for letter in "bhdijk"}
    return {"equation": name}, [given([size[letter] for letter in operand], kind) for operand in EQUATIONS[name].split()]


operation("Inverse", square, lambda t, a: torch.linalg.inv(regular(t[0])))
operation("Determinant", square, lambda t, a: torch.linalg.det(regular(t[0])))
operation("Solve", system, lambda t, a: torch.linalg.solve(regular(t[0]), t[1]))
operation("SolveTriangular", lambda kind: ({"upper": rng.random() < 0.5, "unit": rng.random() < 0.5}, system(kind)[1]),
          lambda t, a: torch.linalg.solve_triangular(regular(t[0]), t[1], upper=a["upper"], unitriangular=a["unit"]))
operation("CholeskySolve", system, lambda t, a: torch.cholesky_solve(t[1], torch.linalg.cholesky(positive(t[0]))))
operation("LeastSquares",
          lambda kind: (lambda m, n: ({}, [given([m, n], kind, "distinct"), given([m, rng.randint(1, 3)], kind)]))(*rng.choice([(5, 2), (4, 1), (2, 4), (3, 3)])),
          lambda t, a: torch.linalg.lstsq(regular(t[0]), t[1], driver="gelsd").solution)
operation("Cdist", lambda kind: ({"p": rng.choice([1.0, 2.0, 3.0])}, [given([rng.randint(1, 4), 3], kind, "distinct"), given([rng.randint(1, 4), 3], kind)]),
          lambda t, a: torch.cdist(*t, a["p"], compute_mode="donot_use_mm_for_euclid_dist"), second=False)
operation("Pdist", lambda kind: ({}, [given([rng.randint(2, 4), 3], kind, "distinct")]), lambda t, a: torch.pdist(t[0]), second=False)
operation("Cholesky", square, lambda t, a: torch.linalg.cholesky(positive(t[0])))
operation("LogDet", square, lambda t, a: torch.logdet(positive(t[0])))
operation("MatrixPower", lambda kind: ({"power": rng.randint(1, 3)}, square(kind)[1]), lambda t, a: torch.linalg.matrix_power(t[0], a["power"]))
# PyTorch 1.13 fills more than the diagonal of a tall matrix's gradient.
operation("Trace", lambda kind: ({}, [given([rng.randint(1, 3), rng.randint(3, 5)], kind)]), lambda t, a: torch.trace(t[0]))
operation("Bmm", pair(batches), lambda t, a: torch.bmm(*t))
operation("Dot", pair(vectors), lambda t, a: torch.dot(*t))
operation("Outer", pair(lambda: ([rng.randint(1, 4)], [rng.randint(1, 4)])), lambda t, a: torch.outer(*t))
operation("Inner", pair(lambda: ([2, 3], [4, 3])), lambda t, a: torch.inner(*t))
operation("Kron", pair(lambda: ([2, 3], [3, 2])), lambda t, a: torch.kron(*(x.clone(memory_format=torch.contiguous_format) for x in t)))
operation("TensorDot", pair(lambda: ([2, 3, 4], [4, 3, 2])), lambda t, a: torch.tensordot(t[0], t[1], ([1, 2], [1, 0])))
operation("Einsum", equation, lambda t, a: torch.einsum(a["equation"], *t))
operation("PixelShuffle", lambda kind: ({"factor": 2}, [given([2, 8, 2, 3], kind)]), lambda t, a: F.pixel_shuffle(t[0], a["factor"]))
operation("PixelUnshuffle", lambda kind: ({"factor": 2}, [given([2, 2, 4, 6], kind)]), lambda t, a: F.pixel_unshuffle(t[0], a["factor"]))
operation("ChannelShuffle", lambda kind: ({"groups": 2}, [given([2, 6, 2, 3], kind)]), lambda t, a: t[0].reshape(2, 2, 3, 2, 3).transpose(1, 2).reshape(2, 6, 2, 3))
operation("Interpolate2d", lambda kind: (lambda mode: ({"size": [rng.randint(1, 7), rng.randint(1, 7)], "mode": mode, "corners": mode > 0 and rng.random() < 0.5}, [given([2, 2, 3, 4], kind)]))(rng.randrange(3)),
          lambda t, a: F.interpolate(t[0], a["size"], mode=["nearest", "bilinear", "bicubic"][a["mode"]], align_corners=a["corners"] if a["mode"] else None))
operation("Interpolate1d", lambda kind: (lambda mode: ({"size": rng.randint(1, 7), "mode": mode, "corners": mode > 0 and rng.random() < 0.5}, [given([2, 2, 5], kind)]))(rng.randrange(2)),
          lambda t, a: F.interpolate(t[0], a["size"], mode=["nearest", "linear"][a["mode"]], align_corners=a["corners"] if a["mode"] else None))
operation("AdaptiveAvgPool1d", lambda kind: ({"size": rng.randint(1, 5)}, [given([2, 2, 7], kind)]), lambda t, a: F.adaptive_avg_pool1d(t[0], a["size"]))
operation("AdaptiveMaxPool1d", lambda kind: ({"size": rng.randint(1, 5)}, [given([2, 2, 7], kind, "distinct")]), lambda t, a: F.adaptive_max_pool1d(t[0], a["size"]))
operation("AdaptiveMaxPool2d", lambda kind: ({"size": [rng.randint(1, 5), rng.randint(1, 5)]}, [given([2, 2, 5, 7], kind, "distinct")]), lambda t, a: F.adaptive_max_pool2d(t[0], a["size"]))
operation("AvgPool1d", lambda kind: ({"kernel": rng.randint(1, 3), "stride": rng.randint(1, 3)}, [given([2, 2, 7], kind)]), lambda t, a: F.avg_pool1d(t[0], a["kernel"], a["stride"]))
operation("MaxPool1d", lambda kind: ({"kernel": rng.randint(1, 3), "stride": rng.randint(1, 3)}, [given([2, 2, 7], kind, "distinct")]), lambda t, a: F.max_pool1d(t[0], a["kernel"], a["stride"]))
operation("LpPool2d", lambda kind: ({"kernel": [2, rng.randint(1, 3)]}, [given([2, 2, 5, 6], kind, (0.5, 2))]), lambda t, a: F.lp_pool2d(t[0], 2, a["kernel"]))
operation("LpPool1d", lambda kind: ({"kernel": rng.randint(1, 3)}, [given([2, 2, 6], kind, (0.5, 2))]), lambda t, a: F.lp_pool1d(t[0], 2, a["kernel"]))


def listed(x):
    if x._is_zerotensor():
        return [0.0] * x.numel()
    return x.detach().to(torch.float64).flatten().tolist()


def torch_side(name, arguments, inputs, second):
    leaves = [leaf_of(item) for item in inputs]
    outputs = OPERATIONS[name][1]([view_of(item, leaf) for item, leaf in zip(inputs, leaves)], arguments)
    outputs = list(outputs) if isinstance(outputs, (tuple, list)) else [outputs]
    variables = [leaf for leaf in leaves if leaf.requires_grad]
    heads = [output for output in outputs if output.requires_grad]
    seeds = [[rng.uniform(-1, 1) for _ in range(output.numel())] if output.requires_grad else None for output in outputs]
    first, squares_gradient = [], []
    if heads and variables:
        start = [torch.tensor(seed, dtype=torch.float64).reshape(output.shape).to(output.dtype) for seed, output in zip(seeds, outputs) if seed is not None]
        first = torch.autograd.grad(heads, variables, start, create_graph=second, allow_unused=True)
        curved = [gradient for gradient in first if gradient is not None and gradient.requires_grad]
        if second and curved:
            try:
                squares_gradient = torch.autograd.grad(sum((gradient * gradient).sum() for gradient in curved), variables, allow_unused=True)
            except RuntimeError as error:
                if "not implemented" not in str(error):
                    raise
    case = {"op": name, "args": arguments, "inputs": inputs, "seeds": seeds if heads and variables else [], "second": second and bool(squares_gradient)}
    return case, outputs, list(first), list(squares_gradient), variables


def difference(mine, theirs):
    """The worst difference, infinite where NaN or infinities stand in other places."""
    return distance(mine, listed(theirs))


def distance(mine, theirs):
    mine = [float(x) for x in mine]
    if len(mine) != len(theirs):
        return math.inf
    scale = max([1.0] + [abs(y) for y in theirs if math.isfinite(y)])
    worst = 0.0
    for x, y in zip(mine, theirs):
        if not math.isfinite(x) or not math.isfinite(y):
            if not (x == y or (math.isnan(x) and math.isnan(y))):
                return math.inf
            continue
        worst = max(worst, abs(x - y) / scale)
    return worst


# The same operators where numbers end.

EXTREMES = [0.0, 0.0, -0.0, 1.0, 1.0, -1.0, math.inf, -math.inf, 1e30, -1e30, 1e-30, 3e38, 120.0, -120.0]
ROWS = [
    [-math.inf] * 3, [math.inf, 0.0, -math.inf], [math.inf, math.inf, 0.0], [1e30, -1e30, 1e30],
    [0.0, 0.0, 0.0], [1e-30, 1e30, 1.0], [10000.0, 10001.0, 10002.0], [-math.inf, 2.0, 2.0],
]


def extreme(inputs):
    """Numbers of which two in five are 0, ±∞, ties, or close to the ends of f32; rows of them where there is room."""
    for item in inputs:
        if item["type"] not in TOLERANCE:
            continue
        values = [rng.choice(EXTREMES) if rng.random() < 0.4 else value for value in item["values"]]
        if len(values) >= 3 and rng.random() < 0.5:
            values = [row[place] for row in (rng.choice(ROWS) for _ in range(-(-len(values) // 3))) for place in range(3)][: len(values)]
        item["values"] = [float(torch.tensor(x, dtype=TYPES[item["type"]])) for x in values]
    return inputs


def extreme_cases(repeats=8):
    for name, (draw, _, _, _) in OPERATIONS.items():
        for repeat in range(repeats):
            kind = "f32" if repeat % 2 else "f64"
            arguments, inputs = draw(kind)
            try:
                yield (kind, *torch_side(name, arguments, extreme(inputs), False))
            except RuntimeError:
                continue  # a matrix that cannot be factored


def disagreements(cases, results):
    """By operator: how many cases there are, and in how many values or gradients are others, once each.

    Elements are compared beside the greatest of the array.
    """
    found = {}
    for (kind, case, outputs, first, _, variables), result in zip(cases, results):
        row = found.setdefault(case["op"], {"cases": 0, "values": [], "gradient": []})
        row["cases"] += 1
        tolerance = 10 * TOLERANCE[kind]
        if result["error"]:
            row["values"].append((case, result["error"], ""))
            continue
        pairs = [("values", mine["values"], listed(theirs)) for mine, theirs in zip(result["outputs"], outputs)]
        pairs += [("gradient", mine or [0.0] * variable.numel(), listed(theirs) if theirs is not None else [0.0] * variable.numel())
                  for mine, theirs, variable in zip(result["gradients"], first, variables)]
        for column in ("values", "gradient"):
            apart = [(case, [float(x) for x in mine], theirs) for of, mine, theirs in pairs if of == column and distance(mine, theirs) > tolerance]
            row[column] += apart[:1]
    return found


def encoded(value):
    """JSON has no words for NaN and infinities."""
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, dict):
        return {key: encoded(item) for key, item in value.items()}
    return [encoded(item) for item in value] if isinstance(value, (list, tuple)) else value


def gradus_side(cases):
    with tempfile.TemporaryDirectory() as folder:
        given_file, results_file = os.path.join(folder, "cases.json"), os.path.join(folder, "results.json")
        with open(given_file, "w") as file:
            json.dump(encoded([case for _, case, *_ in cases]), file)
        program = os.path.join(ROOT, "artifacts", "bin", "Gradus.Compare", "release", "Gradus.Compare.dll")
        subprocess.run(["dotnet", program, given_file, results_file], check=True)
        with open(results_file) as file:
            return json.load(file)


def main():
    torch.set_num_threads(1)
    cases = []
    for name, (draw, _, second, repeats) in OPERATIONS.items():
        for repeat in range(repeats):
            kind = "f32" if repeat % 2 else "f64"
            arguments, inputs = draw(kind)
            cases.append((kind, *torch_side(name, arguments, inputs, second)))
    results = gradus_side(cases)
    ends = list(extreme_cases())
    others = disagreements(ends, gradus_side(ends))

    worst, faults = {}, []
    for (kind, case, outputs, first, second, variables), result in zip(cases, results):
        row = worst.setdefault(case["op"], {"cases": 0})
        row["cases"] += 1
        checks = []
        if result["error"]:
            checks.append(("error " + result["error"], "values", math.inf))
        elif [output["shape"] for output in result["outputs"]] != [list(output.shape) for output in outputs]:
            checks.append(("shapes", "values", math.inf))
        else:
            checks += [("values", "values", difference(mine["values"], theirs)) for mine, theirs in zip(result["outputs"], outputs)]
            for what, mine, theirs in (("gradient", result["gradients"], first), ("second", result["second"], second)):
                for index, variable in enumerate(variables if theirs else []):
                    expected = theirs[index] if theirs[index] is not None else torch.zeros_like(variable)
                    got = mine[index] if index < len(mine) and mine[index] is not None else [0.0] * variable.numel()
                    checks.append((what, what, difference(got, expected)))
        for detail, column, amount in checks:
            key = (column, kind)
            row[key] = max(row.get(key, 0.0), amount)
            if amount > KNOWN.get((case["op"], kind, column), TOLERANCE[kind]):
                faults.append(f"{case['op']} {kind} {detail}: {amount:.1e} {json.dumps(encoded(case['args']))} {[(i['shape'], i['type'], i['views']) for i in case['inputs']]}")

    for name, row in others.items():
        for column in ("values", "gradient"):
            if row[column] and name not in EXPLAINED:
                case, mine, theirs = row[column][0]
                given_values = [item["values"] for item in case["inputs"]]
                faults.append(f"{name} at the extremes, {column} of {len(row[column])} cases: {mine} for {theirs} of "
                              f"{json.dumps(encoded(case['args']))} {given_values}")
    for fault in faults:
        print(fault)
    report(worst, len(cases), faults, others)
    return 1 if faults else 0


def report(worst, count, faults, others):
    columns = [("values", "f64"), ("gradient", "f64"), ("second", "f64"), ("values", "f32"), ("gradient", "f32"), ("second", "f32")]
    lines = [
        "# How far from PyTorch", "",
        f"{count} random cases of {len(worst)} operators against PyTorch {re.split('[a+]', torch.__version__)[0]}, by `tests/compare-torch/compare.py`: "
        "shapes of up to five axes, inputs that are transposed, sliced, flipped or expanded,",
        "and the gradient of each input. *Second* is the gradient of the sum of the squared gradients. A difference is |x − y| / max(1, greatest |y|), the worst of all cases;",
        "expected are at most 1e-10 in f64 and 1e-5 in f32. A dash: integers or bools, a derivative that is zero, or one that PyTorch does not have.", "",
        NOTES, "",
        "| operator | cases | values f64 | gradient | second | values f32 | gradient | second |", "|---|---|---|---|---|---|---|---|",
    ]
    for name in sorted(worst):
        lines.append(f"| {name} | {worst[name]['cases']} | " + " | ".join("–" if key not in worst[name] else "0" if worst[name][key] == 0 else f"{worst[name][key]:.0e}" for key in columns) + " |")
    differing = [name for name in sorted(others) if others[name]["values"] or others[name]["gradient"]]
    lines += ["", "## At the extremes", "",
              f"{sum(row['cases'] for row in others.values())} cases of the same operators, of whose numbers two in five are 0, ±∞, equal to one another, "
              "or close to the ends of f32. NaN and infinities must stand in the same places.",
              f"Values and gradients agree in all cases of {len(others) - len(differing)} operators. In {len(differing)} they differ in some:", "",
              "| operator | cases | values differ | gradients differ | why |", "|---|---|---|---|---|"]
    lines += [f"| {name} | {others[name]['cases']} | {len(others[name]['values'])} | {len(others[name]['gradient'])} | {EXPLAINED.get(name, 'not explained')} |"
              for name in differing]
    with open(os.path.join(ROOT, "docs", "parity.md"), "w") as file:
        file.write("\n".join(lines) + "\n")
    print(f"{count} cases, {len(worst)} operators, {len(faults)} beyond the tolerance")


LIMIT = "PyTorch has NaN at ±∞, Gradus the limit"
BOUND = "on a bound PyTorch's gradient is 0, Gradus's 1, as its Clamp's is in both"
SUMS = (
    "infinite and very large terms of one sum: whether ∞ − ∞ arises depends on the order of adding up, and on whether the 0 of a padding meets "
    "an infinite weight")
ROW = "rows of −∞ alone, and of ∞: PyTorch has NaN; Gradus 0 (−∞ for logarithms), and equal shares among the infinities"
DIVISOR = "of a divisor 0, where the value is NaN, Gradus's gradient is NaN too, PyTorch's infinite"
PRODUCT = "zeros beside infinities, also those of a part that overflows: the product is NaN, and so is the product of the others"
EXPLAINED = {
    "Acosh": "below 1, where the value is NaN, so is Gradus's gradient, PyTorch's is a number",
    "Gelu": LIMIT, "GeluTanh": LIMIT, "Silu": LIMIT, "Mish": LIMIT,
    "Hardswish": LIMIT + "; x·6 overflows in PyTorch",
    "Softsign": LIMIT,
    "Hardsigmoid": "PyTorch's factor 1/6 is rounded to f32; " + BOUND,
    "Hardtanh": BOUND, "Relu6": BOUND,
    "Tanhshrink": "close to 0 PyTorch's difference cancels",
    "LogAddExp": "two equal infinities: Gradus shares among ∞, and has 0 for −∞",
    "Pow": "0 to a negative or an infinite power: 0 · ∞ in PyTorch's rule",
    "Pow.Number": "0 to a negative power: 0 · ∞ in PyTorch's rule; at −0 the slope of its root is −∞, Gradus's ∞",
    "Atan2": "PyTorch squares x and y, which overflows, and has NaN at infinities and at the origin",
    "Hypot": "∞ / ∞ and 0 / 0 in PyTorch's rule, of which the first has the limit 1 and the second is 0 here",
    "Divide": "0 · ∞ in PyTorch's rule",
    "XLogY": "0 / 0 in PyTorch's rule",
    "Remainder": DIVISOR, "Fmod": DIVISOR,
    "Lerp": "PyTorch takes y − (y − x)·(1 − w) for w above ½, Gradus one formula: ∞ − ∞ arises at other places",
    "Softmax": ROW, "Softmin": ROW, "LogSoftmax": ROW, "LogSumExp": ROW, "LogCumSumExp": ROW, "CrossEntropy": ROW,
    "Attention": ROW + "; beside masks and scores of 1e30",
    "Prod": PRODUCT, "Prod.All": PRODUCT, "CumProd": PRODUCT,
    "TopK": "of equal elements PyTorch may name any, Gradus the first",
    "Max": "NaN and infinities among equals",
    "Min": "NaN and infinities among equals",
    "Max.All": "NaN and infinities among equals",
    "Var": "beside ∞ the variance is NaN, and so is Gradus's gradient; beside 1e30 the squares overflow at other places",
    "Std": "beside ∞ and 1e30 the squares overflow at other places: Gradus scales them",
    "Norm": "PyTorch has NaN where the norm is infinite, Gradus a finite gradient, and does not overflow",
    "Normalize": "PyTorch's norm of 1e30 overflows, and the quotient is 0",
    "Cdist": "PyTorch's powers overflow, and at an infinite distance its gradient is NaN",
    "Pdist": "at an infinite distance PyTorch's gradient is NaN, Gradus's 0",
    "NanQuantile": "between two equal infinities PyTorch has ∞ − ∞",
    "SegmentReduce": "PyTorch counts the 0 that stood there among the extremes, though it takes no part",
    "SegmentSoftmax": ROW,
    "CholeskySolve": "a matrix that is not positive definite: PyTorch gives NaN, Gradus an error",
    "LeastSquares": (
        "a matrix of less than full rank, beside infinities: PyTorch gives one of many solutions, or NaN, Gradus an error; an infinite column of the "
        "right side spoils the others in PyTorch"),
    "LpPool1d": "PyTorch has NaN for a window of zeros, Gradus 0",
    "LpPool2d": "PyTorch has NaN for a window of zeros, Gradus 0",
    "BinaryCrossEntropy": "an infinite logit or target: PyTorch has ∞ − ∞, Gradus 0 or ∞",
    "Conv1d": SUMS, "Conv2d": SUMS, "ConvTranspose1d": SUMS, "ConvTranspose2d": SUMS, "MatMul": SUMS, "Linear": SUMS, "Lstm": SUMS, "Gru": SUMS,
    "Bmm": SUMS, "Einsum": SUMS, "AvgPool2d": SUMS, "AvgPool1d": SUMS, "AdaptiveAvgPool2d": SUMS, "AdaptiveAvgPool1d": SUMS, "MatrixPower": SUMS,
    "Inverse": "elimination in another order",
    "Determinant": "elimination in another order",
    "LogDet": "∞ / ∞ in PyTorch's rule, of which the limit is 0",
    "Solve": "elimination in another order",
    "Cholesky": "a matrix that is not positive definite, beside infinities: PyTorch gives NaN, Gradus an error",
    "LayerNorm": (
        "rows with ∞ are NaN on both sides, and so are their gradients; beside large numbers Gradus sums in float64; infinite weights: ∞ − ∞ at other "
        "places"),
    "BatchNorm": "channels with ∞ or of 1e30: Gradus sums in float64 where f32 overflows",
    "BatchNormInference": "infinite factors: (x − mean) · 0 · ∞ in another order",
    "Interpolate1d": "weights of 0 beside infinities: nothing in Gradus, NaN in PyTorch",
    "Interpolate2d": "weights of 0 beside infinities: nothing in Gradus, NaN in PyTorch",
}

NOTES = """Where the two differ, and why:

* **Hardsigmoid**: PyTorch's gradient in f64 has the factor 1/6 as rounded to f32; Gradus's is exact.
* **Prod.All**: PyTorch's second derivative divides by the factors, which loses digits where one is small; Gradus multiplies the others.
* **BatchNorm**: PyTorch 1.13 gets the gradient of the input wrong where the weight is a strided view, so it is given a contiguous one here. Gradus takes any.
* **PRelu**: Gradus's slope broadcasts, PyTorch's lies along axis 1; it is reshaped here to [channels, 1, …].
* **Scatter, IndexCopy, IndexPut**: of equal positions PyTorch keeps any, Gradus the last, which alone gets the gradient; positions do not repeat here.
* **ArgMax, ArgMin, Max and Min along an axis, TopK**: of equal elements PyTorch may name any, Gradus the first; there are none here. Reductions to the extreme share the gradient evenly among equals on both sides."""

if __name__ == "__main__":
    sys.exit(main())
