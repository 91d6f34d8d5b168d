namespace Gradus.Onnx;

/// <summary>The shares of the bins of a spectrum in bands of equal width in mel, each a triangle.</summary>
internal static class MelBands
{
    public static Tensor Matrix(OnnxCall call)
    {
        var (bands, length, rate) = (call.Size(call.RequiredWholes(0)[0]), call.Size(call.RequiredWholes(1)[0]), call.RequiredWholes(2)[0]);
        var (low, high) = (ToMel(call[3].To(DType.Float64).Item()), ToMel(call[4].To(DType.Float64).Item()));
        if (bands < 1 || length < 1 || rate < 1 || (long)bands * length > 1 << 26) throw call.Fault($"{bands} bands of {length} bins at {rate} Hz");
        var bins = (length / 2) + 1;
        var step = (high - low) / (bands + 2);
        var edges = Enumerable.Range(0, bands + 2).Select(edge => (int)Math.Floor((length + 1) * ToHertz(low + (edge * step)) / rate)).ToArray();
        if (edges[0] < 0 || edges[^1] >= bins + 1) throw call.Fault($"bands up to bin {edges[^1]} of {bins}");
        var shares = new double[bins * bands];
        for (var band = 0; band < bands; band++)
        {
            var (from, center, to) = (edges[band], edges[band + 1], edges[band + 2]);
            for (var bin = from; bin <= center && bin < bins; bin++) shares[(bin * bands) + band] = center == from ? 1 : (double)(bin - from) / (center - from);
            for (var bin = center; bin < to && bin < bins; bin++) shares[(bin * bands) + band] = (double)(to - bin) / (to - center);
        }

        return Tensor.From(shares, [bins, bands]).To(TypeOperators.TypeOf(call, "output_datatype", DType.Float32));
    }

    private static double ToMel(double hertz) => 2595 * Math.Log10(1 + (hertz / 700));

    private static double ToHertz(double mel) => 700 * (Math.Pow(10, mel / 2595) - 1);
}
