namespace Gradus.Onnx;

/// <summary>Of boxes that overlap, the one with the highest score.</summary>
internal static class BoxSuppression
{
    public static Tensor Choose(OnnxCall call)
    {
        var (boxes, scores) = (call.X.Detach(), call.Y.Detach());
        if (boxes.Rank != 3 || boxes.Shape[2] != 4 || scores.Rank != 3 || scores.Shape[0] != boxes.Shape[0] || scores.Shape[2] != boxes.Shape[1])
            throw call.Fault($"boxes {boxes.Describe()} and scores {scores.Describe()}, expected [batch, boxes, 4] and [batch, classes, boxes]");
        var most = call.Wholes(2) is [var given, ..] ? given : 0;
        var overlap = call.Optional(3)?.To(DType.Float64).Reshape().Item() ?? 0;
        var least = call.Optional(4)?.To(DType.Float64).Reshape().Item() ?? double.NegativeInfinity;
        var (batch, classes, count) = (scores.Shape[0], scores.Shape[1], boxes.Shape[1]);
        var (corners, values) = (Corners(Numbers(boxes), call.Flag("center_point_box")), Numbers(scores));
        var chosen = new List<long>();
        for (var sample = 0; sample < batch; sample++)
        {
            for (var kind = 0; kind < classes; kind++)
            {
                var first = ((sample * classes) + kind) * count;
                var kept = new List<int>();
                foreach (var box in Enumerable.Range(0, count).Where(box => values[first + box] > least).OrderByDescending(box => values[first + box]))
                {
                    if (kept.Count >= most) break;
                    if (kept.Exists(other => Overlap(corners, (sample * count) + box, (sample * count) + other) > overlap)) continue;
                    kept.Add(box);
                    chosen.AddRange([sample, kind, box]);
                }
            }
        }

        return Tensor.From(chosen.ToArray(), [chosen.Count / 3, 3]);
    }

    private static double[] Numbers(Tensor tensor) => tensor.To(DType.Float64).Contiguous().ToArray<double>();

    // [y, x, y, x] of any two opposite corners, or [x, y, width, height] of the center: to the lower corner and the higher.
    private static double[] Corners(double[] boxes, bool isCentered)
    {
        for (var at = 0; at < boxes.Length; at += 4)
        {
            var (a, b, c, d) = (boxes[at], boxes[at + 1], boxes[at + 2], boxes[at + 3]);
            if (isCentered) (a, b, c, d) = (b - (d / 2), a - (c / 2), b + (d / 2), a + (c / 2));
            (boxes[at], boxes[at + 1], boxes[at + 2], boxes[at + 3]) = (Math.Min(a, c), Math.Min(b, d), Math.Max(a, c), Math.Max(b, d));
        }

        return boxes;
    }

    private static double Overlap(double[] corners, int left, int right)
    {
        ReadOnlySpan<double> a = corners.AsSpan(4 * left, 4), b = corners.AsSpan(4 * right, 4);
        var (height, width) = (Math.Min(a[2], b[2]) - Math.Max(a[0], b[0]), Math.Min(a[3], b[3]) - Math.Max(a[1], b[1]));
        if (height <= 0 || width <= 0) return 0;
        var both = height * width;
        return both / (((a[2] - a[0]) * (a[3] - a[1])) + ((b[2] - b[0]) * (b[3] - b[1])) - both);
    }
}
