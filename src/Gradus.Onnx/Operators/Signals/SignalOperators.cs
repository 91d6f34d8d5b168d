namespace Gradus.Onnx;

/// <summary>Fourier transforms, as products with matrices of sines and cosines, and mel bands.</summary>
internal static class SignalOperators
{
    public static readonly OnnxOperator[] Rows =
    [
        new("DFT", 17, static call => Dft(call, call.Int("axis", 1))) { Until = 19 },
        new("DFT", 20, static call => Dft(call, call.Wholes(2) is [var axis, ..] ? axis : -2)),
        new("STFT", 17, static call => Stft(call)),
        new("MelWeightMatrix", 17, static call => MelBands.Matrix(call)) { Refuses = static call => TypeOperators.Refusal(call, "output_datatype") },
    ];

    private static Tensor Dft(OnnxCall call, long axis)
    {
        var x = call.X;
        var at = call.Axis(axis, x.Rank);
        var (isInverse, isOneSided) = (call.Flag("inverse"), call.Flag("onesided"));
        var count = call.Wholes(1) is [var length, ..] ? call.Size(length) : isInverse && isOneSided ? 2 * (x.Shape[at] - 1) : x.Shape[at];
        if (count < 1) throw call.Fault($"a length of {count}");
        // [ …, time, real and imaginary]
        var moved = x.MoveAxis(at, -2);
        if (isInverse && isOneSided) moved = WholeSpectrum(moved, count);
        moved = Fit(moved, count);
        var result = Transform(moved, count, isOneSided && !isInverse ? (count / 2) + 1 : count, isInverse);
        if (isInverse && isOneSided) result = result.Slice(-1, 0, 1);
        return result.MoveAxis(-2, at);
    }

    // Of a real signal the upper half of the spectrum is the lower one's mirror image, conjugated.
    private static Tensor WholeSpectrum(Tensor half, int count)
    {
        var known = half.Shape[-2];
        var mirrored = half.Slice(-2, 1, Math.Max(0, Math.Min(known - 1, count - known))).Flip(-2);
        return Tensor.Concat([half, mirrored * Tensor.Of<double>(1, -1).To(half.DType)], -2);
    }

    // Cut off, or zeros behind.
    private static Tensor Fit(Tensor x, int count)
    {
        var size = x.Shape[-2];
        return size > count ? x.Slice(-2, 0, count) : size < count ? x.Pad(-2, 0, count - size) : x;
    }

    /// <summary>X[k] = Σ x[n]·e^(∓2πi·kn/N): […, N, 1 or 2] → […, K, 2], divided by N where it is the inverse.</summary>
    private static Tensor Transform(Tensor x, int count, int bins, bool isInverse)
    {
        var (cosine, sine) = (new double[bins * count], new double[bins * count]);
        for (var bin = 0; bin < bins; bin++)
        {
            for (var step = 0; step < count; step++)
            {
                // Whole turns are taken away before the angle is rounded.
                var (sin, cos) = Math.SinCos(2 * Math.PI * ((long)bin * step % count) / count);
                (cosine[(bin * count) + step], sine[(bin * count) + step]) = (cos, isInverse ? sin : -sin);
            }
        }

        var (c, s) = (Tensor.From(cosine, [bins, count]), Tensor.From(sine, [bins, count]));
        var signal = x.To(DType.Float64);
        var real = signal.Slice(-1, 0, 1);
        var (re, im) = (c.MatMul(real), s.MatMul(real));
        if (x.Shape[-1] == 2)
        {
            var imaginary = signal.Slice(-1, 1, 1);
            (re, im) = (re - s.MatMul(imaginary), im + c.MatMul(imaginary));
        }

        var result = Tensor.Concat([re, im], -1);
        return (isInverse ? result / (double)count : result).To(x.DType);
    }

    private static Tensor Stft(OnnxCall call)
    {
        var (signal, window) = (call.X, call.Optional(2));
        var step = call.Size(call.RequiredWholes(1)[0]);
        var count = call.Wholes(3) is [var length, ..] ? call.Size(length) : window?.Shape[0] ?? throw call.Fault("neither window nor frame_length");
        // [batch, frames, parts, time] → [batch, frames, time, parts]
        var frames = (signal.Rank == 2 ? signal.Unsqueeze(-1) : signal).Unfold(1, count, step).Transpose(-1, -2);
        if (window is not null) frames = frames * window.Unsqueeze(-1);
        return Transform(frames, count, call.Flag("onesided", true) ? (count / 2) + 1 : count, isInverse: false);
    }
}
