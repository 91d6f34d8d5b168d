namespace Gradus.Nn;

/// <summary>
/// Attention of each position to itself and those before it, by several heads, with queries, keys and values from one product: [batch, time, width] → the same.
/// </summary>
internal sealed class CausalSelfAttention : Layer<CachedInput, Tensor>
{
    private readonly int _width;
    private readonly int _heads;

    public CausalSelfAttention(int width, int heads, double dropout, Init init, Init last)
    {
        (_width, _heads) = (width, heads);
        var rows = Shape.Size(3L * width, "gpt");
        CAttn = new Linear(width, rows, init: init) { Bias = new Parameter([rows], Init.Zeros) };
        CProj = new Linear(width, width, init: last) { Bias = new Parameter([width], Init.Zeros) };
        Dropout = new Dropout(dropout);
    }

    private Linear CAttn { get; set => field = Register(value); }

    private Linear CProj { get; set => field = Register(value); }

    private Dropout Dropout { get; set => field = Register(value); }

    protected override Tensor Compute(CachedInput input)
    {
        var projected = CAttn.Forward(input.Input);
        // Attention to the sequence itself reads the three where the product has put them.
        var attended = input.Cache is null ? projected.SelfAttention(_heads, isCausal: true) : AttendToCache(projected, input.Cache);
        return Dropout.Forward(CProj.Forward(attended));
    }

    protected override string Describe() => $"{_width}, {_heads} heads";

    private Tensor AttendToCache(Tensor projected, KeyValueCache cache)
    {
        int batch = projected.Shape[0], time = projected.Shape[1];
        // [batch, heads, 3, time, width / heads]
        var parts = projected.Reshape(batch, time, 3, _heads, _width / _heads).Transpose(1, 3);
        var mask = cache.CausalMask(time);
        var (keys, values) = cache.Append(parts.Select(2, 1), parts.Select(2, 2));
        return parts.Select(2, 0).Attention(keys, values, mask).Transpose(1, 2).Reshape(batch, time, _width);
    }
}
