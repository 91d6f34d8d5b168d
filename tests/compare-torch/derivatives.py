#!/usr/bin/env python3
"""Writes the value, the first and the second derivative of functions of one and two numbers, far out, close to zero and close to their singular points.

Needs sympy: python3 derivatives.py > ../Gradus.Tests/Battery/derivatives.txt. A thousand digits are carried, so nothing that cancels is lost. Each line holds a
name, the arguments (exact in float32), the value, and the derivatives: z, z′, z″ of one number; z, z_x, z_y, z_xx, z_xy, z_yy of two.
"""

import struct

import mpmath
import sympy as s

mpmath.mp.dps = 1000
x, y = s.symbols("x y", real=True)
SQRT2, PI = s.sqrt(2), s.pi


def single(number):
    return struct.unpack("f", struct.pack("f", number))[0]


NEAR = [1e-38, 1e-20, 1e-10, 1e-6, 1e-4, 1e-3, 0.01, 0.1, 0.25, 0.5, 0.75]
FAR = [1, 1.5, 2, 2.75, 3.5, 4.5, 6, 8, 10, 12, 15, 20, 30, 50, 85, 100, 400, 1000, 1e6, 1e15, 1e30, 3.4e38]
INSIDE = [0.9, 0.99, 0.999, 0.9999, 0.999999]
ABOVE = [1.000001, 1.0001, 1.001, 1.01, 1.1]
POSITIVE = NEAR + FAR
ALL = [-p for p in reversed(POSITIVE)] + [0.0] + POSITIVE
UNIT = [-p for p in reversed(NEAR + INSIDE)] + [0.0] + NEAR + INSIDE

sigmoid = 1 / (1 + s.exp(-x))
UNARY = {
    "Square": (x**2, ALL), "Exp": (s.exp(x), ALL), "Exp2": (2**x, ALL), "ExpM1": (s.exp(x) - 1, ALL),
    "Log": (s.log(x), POSITIVE), "Log2": (s.log(x) / s.log(2), POSITIVE), "Log10": (s.log(x) / s.log(10), POSITIVE), "Log1P": (s.log(1 + x), UNIT + FAR),
    "Sqrt": (s.sqrt(x), POSITIVE), "Rsqrt": (1 / s.sqrt(x), POSITIVE), "Reciprocal": (1 / x, [p for p in ALL if p]),
    "Erf": (s.erf(x), ALL), "Erfc": (s.erfc(x), ALL),
    "Sin": (s.sin(x), ALL), "Cos": (s.cos(x), ALL), "Tan": (s.tan(x), ALL), "Asin": (s.asin(x), UNIT), "Acos": (s.acos(x), UNIT), "Atan": (s.atan(x), ALL),
    "Sinh": (s.sinh(x), ALL), "Cosh": (s.cosh(x), ALL), "Asinh": (s.asinh(x), ALL), "Acosh": (s.acosh(x), ABOVE + FAR[1:]), "Atanh": (s.atanh(x), UNIT),
    "Sigmoid": (sigmoid, ALL), "Tanh": (s.tanh(x), ALL), "LogSigmoid": (s.log(sigmoid), ALL), "Softplus": (s.log(1 + s.exp(x)), [p for p in ALL if p <= 20]),
    "Silu": (x * sigmoid, ALL), "Mish": (x * s.tanh(s.log(1 + s.exp(x))), ALL), "Gelu": (x * s.erfc(-x / SQRT2) / 2, ALL),
    "GeluTanh": (x / (1 + s.exp(-2 * s.Float("0.7978845608028654", 60) * (x + s.Float("0.044715", 60) * x**3))), ALL),
    "Elu": (s.exp(x) - 1, [p for p in ALL if p < 0]), "Softsign": (x / (1 + x), POSITIVE), "Tanhshrink": (x - s.tanh(x), ALL),
}
FEW = [1e-30, 1e-6, 0.25, 1, 3.5, 15, 50, 1e6, 1e18]
SIGNED = [-p for p in reversed(FEW)] + FEW
BINARY = {
    "LogAddExp": (s.log(s.exp(x) + s.exp(y)), SIGNED, SIGNED), "Divide": (x / y, SIGNED, SIGNED), "Multiply": (x * y, SIGNED, SIGNED),
    "Pow": (x**y, FEW, [-3, -1, -0.5, 0.5, 1, 2, 3.5]),
    "Hypot": (s.sqrt(x**2 + y**2), SIGNED, SIGNED), "Atan2": (s.atan2(x, y), SIGNED, FEW), "XLogY": (x * s.log(y), SIGNED, FEW),
    "BinaryCrossEntropy": (s.log(1 + s.exp(x)) - x * y, SIGNED, [0.0, 0.25]),
}


def number(value):
    value = mpmath.mpf(mpmath.re(value))
    if value and not -330 < mpmath.log10(abs(value)) < 309:
        value = mpmath.sign(value) * mpmath.mpf("inf") if abs(value) > 1 else mpmath.mpf(0)
    return repr(float(value)).replace("inf", "Infinity")


def digits(point):
    """What is carried: enough for e^-1000 beside 1; beyond that it is nothing in any type, and time is short."""
    return 1000 if abs(point) <= 1000 else 250


for name, (z, points) in UNARY.items():
    forms = [s.lambdify(x, s.diff(z, x, order) if order else z, "mpmath") for order in range(3)]
    for point in map(single, points):
        mpmath.mp.dps = digits(point)
        print(name, repr(point), *(number(form(mpmath.mpf(point))) for form in forms))
for name, (z, left, right) in BINARY.items():
    forms = [s.lambdify((x, y), form, "mpmath") for form in (z, s.diff(z, x), s.diff(z, y), s.diff(z, x, 2), s.diff(z, x, y), s.diff(z, y, 2))]
    for a in map(single, left):
        for b in map(single, right):
            if name == "Atan2" and abs(a) == b:
                continue  # z_xy is 0 there
            mpmath.mp.dps = digits(max(abs(a), abs(b)))
            print(name, repr(a), repr(b), *(number(form(mpmath.mpf(a), mpmath.mpf(b))) for form in forms))
