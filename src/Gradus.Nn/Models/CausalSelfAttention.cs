namespace Gradus.Nn;

/// <summary>
/// Attention of each position to itself and those before it, by several heads, with queries, keys and values from one product: [batch, time, width] → the same.
/// </summary>
internal sealed class CausalSelfAttention : Layer<CachedInput, Tensor>
{
    private readonly int _width;
    private readonly int _heads;

    // Null: 1/√(width / heads).
    private readonly double? _scale;

    /// <inheritdoc cref="GptBlock(GptOptions, int, Init, Init)"/>
    public CausalSelfAttention(GptOptions options, int number, Init init, Init last)
    {
        var width = options.Width;
        (_width, _heads) = (width, options.Heads);
        if (!options.ScalesScores || options.ScalesScoresByBlock)
        {
            _scale = (options.ScalesScores ? 1 / Math.Sqrt((double)_width / _heads) : 1) / (options.ScalesScoresByBlock ? number : 1);
        }

        var rows = Shape.Size(3L * width, "gpt");
        CAttn = new Linear(width, rows, init: init) { Bias = new Parameter([rows], Init.Zeros) };
        CProj = new Linear(width, width, init: last) { Bias = new Parameter([width], Init.Zeros) };
        Dropout = new Dropout(options.Dropout);
    }

    private Linear CAttn { get; set => field = Register(value); }

    private Linear CProj { get; set => field = Register(value); }

    private Dropout Dropout { get; set => field = Register(value); }

    protected override Tensor Compute(CachedInput input)
    {
        var projected = CAttn.Forward(input.Input);
        // Attention to the sequence itself reads the three where the product has put them.
        var attended = input.Cache is null && _scale is null ? projected.SelfAttention(_heads, isCausal: true) : Attend(projected, input.Cache);
        return Dropout.Forward(CProj.Forward(attended));
    }

    protected override string Describe() => $"{_width}, {_heads} heads";

    private Tensor Attend(Tensor projected, KeyValueCache? cache)
    {
        int batch = projected.Shape[0], time = projected.Shape[1];
        // [batch, heads, 3, time, width / heads]
        var parts = projected.Reshape(batch, time, 3, _heads, _width / _heads).Transpose(1, 3);
        var mask = cache?.CausalMask(time);
        var (keys, values) = (parts.Select(2, 1), parts.Select(2, 2));
        if (cache is not null) (keys, values) = cache.Append(keys, values);
        return parts.Select(2, 0).Attention(keys, values, mask, isCausal: cache is null, _scale).Transpose(1, 2).Reshape(batch, time, _width);
    }
}
