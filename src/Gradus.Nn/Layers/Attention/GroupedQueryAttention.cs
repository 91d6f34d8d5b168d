namespace Gradus.Nn;

/// <summary>A sequence for <see cref="GroupedQueryAttention"/>. A tensor alone attends to all of itself.</summary>
/// <param name="Input">[batch, time, width].</param>
/// <param name="Mask">
/// What broadcasts to [batch, heads, time, keys]: numbers that are added to the scores, or bools that say which positions one attends to.
/// </param>
/// <param name="IsCausal">Whether a position attends to itself and those before alone.</param>
/// <param name="Cache">The steps before these, which are appended to it; none by default.</param>
public readonly record struct CachedInput(Tensor Input, Tensor? Mask = null, bool IsCausal = false, KeyValueCache? Cache = null)
{
    /// <summary>A sequence all of which may be looked at.</summary>
    public static implicit operator CachedInput(Tensor sequence) => new(sequence);
}

/// <summary>
/// Attention of a sequence to itself in which several heads of queries share one head of keys and values: [batch, time, width] → [batch, time, width].
/// </summary>
/// <remarks>
/// With one head of keys it is multi-query attention, with as many as of queries <see cref="MultiHeadAttention"/>. Ainslie et al., "GQA", 2023.
/// </remarks>
public sealed class GroupedQueryAttention : Layer<CachedInput, Tensor>
{
    private readonly int _width;
    private readonly int _heads;
    private readonly int _keyValueHeads;

    /// <summary>A layer of some heads.</summary>
    /// <param name="width">The size of the last axis of input and output.</param>
    /// <param name="heads">The heads of queries; they divide the width.</param>
    /// <param name="keyValueHeads">The heads of keys and values; they divide those of queries.</param>
    /// <param name="bias">Whether there are biases. Default false.</param>
    /// <param name="rotary">Whether queries and keys are turned by their positions. Default true.</param>
    /// <exception cref="GradusException">The sizes are not positive or do not divide.</exception>
    public GroupedQueryAttention(int width, int heads, int keyValueHeads, bool bias = false, bool rotary = true)
    {
        if (width < 1 || heads < 1 || keyValueHeads < 1 || width % heads != 0 || heads % keyValueHeads != 0)
        {
            throw new GradusException(
                $"groupedQueryAttention: width {width}, {heads} heads of queries and {keyValueHeads} of keys; each must divide the one before.");
        }

        (_width, _heads, _keyValueHeads) = (width, heads, keyValueHeads);
        var size = width / heads * keyValueHeads;
        QProj = new Linear(width, width, bias);
        KProj = new Linear(width, size, bias);
        VProj = new Linear(width, size, bias);
        OProj = new Linear(width, width, bias);
        if (rotary) Positions = new RotaryPositions();
    }

    /// <summary>What makes the queries.</summary>
    public Linear QProj { get; set => field = Register(value); }

    /// <summary>What makes the keys.</summary>
    public Linear KProj { get; set => field = Register(value); }

    /// <summary>What makes the values.</summary>
    public Linear VProj { get; set => field = Register(value); }

    /// <summary>What mixes the heads.</summary>
    public Linear OProj { get; set => field = Register(value); }

    /// <summary>What turns queries and keys, or null.</summary>
    public RotaryPositions? Positions { get; private set => field = Register(value!); }

    /// <inheritdoc/>
    protected override Tensor Compute(CachedInput input)
    {
        var x = input.Input;
        if (x.Rank != 3 || x.Shape[2] != _width) throw Expect.Got($"[batch, time, {_width}]", x);
        int batch = x.Shape[0], time = x.Shape[1], start = input.Cache?.Length ?? 0;
        Tensor query = Heads(QProj, _heads), key = Heads(KProj, _keyValueHeads), value = Heads(VProj, _keyValueHeads);
        Expect.Mask(input.Mask, batch, _heads, time, start + time);
        if (Positions is not null) (query, key) = (Positions.Forward(new(query, start)), Positions.Forward(new(key, start)));
        var mask = input.Mask;
        if (input.IsCausal && start > 0 && input.Cache!.CausalMask(time) is { } allowed)
        {
            mask = mask is null ? allowed : mask.Additive(x.DType) + allowed.Additive(x.DType);
        }

        if (input.Cache is not null) (key, value) = input.Cache.Append(key, value);
        var heads = query.Attention(Shared(key), Shared(value), mask, input.IsCausal && start == 0);
        return OProj.Forward(heads.Transpose(1, 2).Reshape(batch, time, _width));

        Tensor Heads(Linear layer, int count) => layer.Forward(x).Reshape(batch, time, count, _width / _heads).Transpose(1, 2);
    }

    /// <inheritdoc/>
    protected override string Describe() => $"{_width}, {_heads} heads, {_keyValueHeads} of keys and values";

    /// <summary>Each head of keys or values once for each head of queries that shares it.</summary>
    private Tensor Shared(Tensor heads)
    {
        var times = _heads / _keyValueHeads;
        if (times == 1) return heads;
        int batch = heads.Shape[0], time = heads.Shape[2], width = heads.Shape[3];
        return heads.Unsqueeze(2).Expand(batch, _keyValueHeads, times, time, width).Reshape(batch, _heads, time, width);
    }
}
