namespace Gradus.Onnx;

/// <summary>Regions of feature maps brought to one size, each cell by samples between the points. He et al., "Mask R-CNN", 2017.</summary>
internal static class RegionAlignment
{
    private const long MostShares = 1 << 26;

    public static Tensor Align(OnnxCall call, bool isShifted)
    {
        var (x, regions, samples) = (call.X, call.Y.Detach(), call.RequiredWholes(2));
        var (high, wide) = (call.Size(call.Int("output_height", 1)), call.Size(call.Int("output_width", 1)));
        var (scale, ratio) = (call.Float("spatial_scale", 1), call.Size(call.Int("sampling_ratio", 0)));
        var corners = regions.To(DType.Float64).Contiguous().ToArray<double>();
        if (samples.Length * 4 != corners.Length || Array.Exists(samples, sample => sample < 0 || sample >= x.Shape[0]))
            throw call.Fault($"{samples.Length} samples for regions {regions.Describe()}");
        var isMaximum = call.Text("mode", "avg") == "max";
        var results = new Tensor[samples.Length];
        for (var region = 0; region < results.Length; region++)
        {
            var shift = isShifted ? 0.5 : 0;
            var (left, top) = ((corners[4 * region] * scale) - shift, (corners[(4 * region) + 1] * scale) - shift);
            var (width, height) = ((corners[(4 * region) + 2] * scale) - shift - left, (corners[(4 * region) + 3] * scale) - shift - top);
            // Before version 16 a region has at least one point.
            if (!isShifted) (width, height) = (Math.Max(width, 1), Math.Max(height, 1));
            var rows = new Cells(top, height / high, high, SamplesOf(ratio, height / high), x.Shape[2]);
            var columns = new Cells(left, width / wide, wide, SamplesOf(ratio, width / wide), x.Shape[3]);
            if (Math.Max(rows.Shares, columns.Shares) > MostShares)
                throw call.Fault($"{rows.Count * (long)rows.Samples} × {columns.Count * (long)columns.Samples} samples of a region");
            if (rows.Samples * columns.Samples == 0)
            {
                // What has no extent has no samples.
                results[region] = Tensor.Zeros([x.Shape[1], high, wide], x.DType);
                continue;
            }

            var map = x.Select(0, (int)samples[region]);
            results[region] = isMaximum ? Maximum(map, rows, columns) : rows.Means(map.DType).MatMul(map).MatMul(columns.Means(map.DType).Transpose(0, 1));
        }

        return results.Length == 0 ? Tensor.Zeros([0, x.Shape[1], high, wide], x.DType) : Tensor.Stack(results);
    }

    private static int SamplesOf(int ratio, double width) => ratio > 0 ? ratio : (int)Math.Clamp(Math.Ceiling(width), 0, 1 << 20);

    // The largest of the four terms of each sample, as ONNX has it, and not of their sums.
    private static Tensor Maximum(Tensor map, Cells rows, Cells columns)
    {
        Tensor? largest = null;
        foreach (var row in rows.Terms(map.DType))
        {
            foreach (var column in columns.Terms(map.DType))
            {
                var term = row.MatMul(map).MatMul(column.Transpose(0, 1));
                largest = largest is null ? term : largest.Maximum(term);
            }
        }

        return largest!.Reshape(map.Shape[0], rows.Count, rows.Samples, columns.Count, columns.Samples).AMax([2, 4]);
    }

    /// <summary>The samples of the cells along an axis.</summary>
    private sealed record Cells(double Start, double Width, int Count, int Samples, int Size)
    {
        public long Shares => (long)Count * Samples * Size;

        /// <summary>The share of each point in each cell's mean: [cells, points].</summary>
        public Tensor Means(DType dtype) => Terms(dtype).Aggregate(static (x, y) => x + y).Reshape(Count, Samples, Size).Mean(1);

        /// <summary>For the lower and the upper neighbor, the share of each point in each sample: [cells · samples, points].</summary>
        public Tensor[] Terms(DType dtype)
        {
            var shares = new[] { new double[Count * Samples * Size], new double[Count * Samples * Size] };
            for (var sample = 0; sample < Count * Samples; sample++)
            {
                var place = Start + ((sample / Samples) * Width) + (((sample % Samples) + 0.5) * Width / Samples);
                // Beyond a point around the map there is nothing.
                if (place < -1 || place > Size) continue;
                place = Math.Clamp(place, 0, Size - 1);
                var lower = Math.Min((int)place, Size - 1);
                var upper = Math.Min(lower + 1, Size - 1);
                shares[0][(sample * Size) + lower] = 1 - (place - lower);
                shares[1][(sample * Size) + upper] = place - lower;
            }

            return [.. shares.Select(terms => Tensor.From(terms, [Count * Samples, Size]).To(dtype))];
        }
    }
}
