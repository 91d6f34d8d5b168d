using System.Globalization;

namespace Gradus.Nn;

/// <summary>What attention works on. A tensor alone stands for a sequence that attends to itself.</summary>
/// <param name="Query">What asks, [batch, queries, width].</param>
/// <param name="Key">What is compared with, [batch, keys, width]; the query by default.</param>
/// <param name="Value">What is read, [batch, keys, width]; the key by default.</param>
/// <param name="Mask">
/// What broadcasts to [batch, heads, queries, keys]: numbers that are added to the scores, or bools that say which keys a query attends to.
/// </param>
/// <param name="IsCausal">Whether query i attends to keys 0 … i alone.</param>
public readonly record struct AttentionInput(Tensor Query, Tensor? Key = null, Tensor? Value = null, Tensor? Mask = null, bool IsCausal = false)
{
    /// <summary>A sequence that attends to itself.</summary>
    public static implicit operator AttentionInput(Tensor sequence) => new(sequence);
}

/// <summary>
/// Attention by several heads: out = concat(headᵢ)·W_oᵀ + b_o, headᵢ = softmax(Qᵢ·Kᵢᵀ/√d)·Vᵢ, with Q, K and V affine in query, key and value:
/// [batch, time, width] → [batch, queries, width].
/// </summary>
/// <remarks>
/// The state is that of PyTorch's MultiheadAttention with batch_first, and so are the first values: the input weight is Xavier uniform, biases are zeros.
/// A bool mask is true where a query attends, as in PyTorch's scaled_dot_product_attention; PyTorch's layer of this name has it the other way round.
/// Vaswani et al., "Attention is all you need", 2017.
/// </remarks>
public sealed class MultiHeadAttention : Layer<AttentionInput, Tensor>
{
    private readonly int _width;
    private readonly int _heads;
    private readonly double _dropout;

    /// <summary>A layer of some heads.</summary>
    /// <param name="width">The size of the last axis of query, key, value and output.</param>
    /// <param name="heads">The number of heads; it divides the width.</param>
    /// <param name="dropout">With which probability a weight of the attention is dropped in training. Default 0.</param>
    /// <param name="bias">Whether there are biases. Default true.</param>
    /// <exception cref="GradusException">The sizes are not positive or do not divide, or the probability is outside [0, 1).</exception>
    public MultiHeadAttention(int width, int heads, double dropout = 0, bool bias = true)
    {
        if (width < 1 || heads < 1 || width % heads != 0)
        {
            throw new GradusException($"multiHeadAttention: width {width} and {heads} heads; the heads must divide the width.");
        }

        if (!(dropout is >= 0 and < 1)) throw new GradusException(FormattableString.Invariant($"multiHeadAttention: dropout {dropout} is outside [0, 1)."));
        (_width, _heads, _dropout) = (width, heads, dropout);
        var rows = Shape.Size(3L * width, "multiHeadAttention");
        InProjWeight = new Parameter([rows, width], Init.XavierUniform());
        InProjBias = bias ? new Parameter([rows], Init.Zeros) : null;
        OutProj = new Linear(width, width, bias);
        if (bias) OutProj.Bias = new Parameter([width], Init.Zeros);
    }

    /// <summary>The weights of queries, keys and values, one below the other: [3·width, width].</summary>
    public Parameter InProjWeight { get; set => field = Register(value)!; }

    /// <summary>Their biases, [3·width], or null.</summary>
    public Parameter? InProjBias { get; set => field = Register(value); }

    /// <summary>What mixes the heads.</summary>
    public Linear OutProj { get; set => field = Register(value); }

    internal override bool DiffersInTraining => _dropout > 0 || base.DiffersInTraining;

    /// <inheritdoc/>
    protected override Tensor Compute(AttentionInput input)
    {
        var key = input.Key ?? input.Query;
        var value = input.Value ?? key;
        RequireSequence("query", input.Query, null, null);
        RequireSequence("key", key, input.Query.Shape[0], null);
        RequireSequence("value", value, input.Query.Shape[0], key.Shape[1]);
        Expect.Mask(input.Mask, input.Query.Shape[0], _heads, input.Query.Shape[1], key.Shape[1]);
        var drops = IsTraining && _dropout > 0;
        // Of one sequence, one product makes queries, keys and values, and attention reads them where they lie.
        if (!drops && ReferenceEquals(key, input.Query) && ReferenceEquals(value, key))
        {
            return OutProj.Forward(input.Query.Linear(InProjWeight, InProjBias?.Value).SelfAttention(_heads, input.Mask, input.IsCausal));
        }

        // Read once: it may be computed from others.
        var weight = InProjWeight.Value;
        Tensor q = Project(input.Query, weight, 0), k = Project(key, weight, 1), v = Project(value, weight, 2);
        var heads = drops
            ? AttentionOp.Weights(q, k, input.Mask?.Additive(q.DType), new AttentionArgs(1, input.IsCausal, null)).Dropout(_dropout, Random).MatMul(v)
            : q.Attention(k, v, input.Mask, input.IsCausal);
        return OutProj.Forward(heads.Transpose(1, 2).Reshape(heads.Shape[0], heads.Shape[2], _width));
    }

    /// <summary>
    /// How much each query attends to each key: [batch, heads, queries, keys], whose rows sum to 1. To look at; <c>Forward</c> needs no such tensor.
    /// </summary>
    /// <exception cref="GradusException">The shapes do not fit.</exception>
    public Tensor Weights(AttentionInput input)
    {
        var key = input.Key ?? input.Query;
        RequireSequence("query", input.Query, null, null);
        RequireSequence("key", key, input.Query.Shape[0], null);
        Expect.Mask(input.Mask, input.Query.Shape[0], _heads, input.Query.Shape[1], key.Shape[1]);
        var weight = InProjWeight.Value;
        var q = Project(input.Query, weight, 0);
        return AttentionOp.Weights(q, Project(key, weight, 1), input.Mask?.Additive(q.DType), new AttentionArgs(1, input.IsCausal, null));
    }

    /// <inheritdoc/>
    protected override string Describe() => $"{_width}, {_heads} heads{(InProjBias is null ? ", no bias" : "")}";

    /// <summary>[batch, time, width] → [batch, heads, time, width / heads] by the part-th third of the input weight.</summary>
    private Tensor Project(Tensor x, Tensor weight, int part) =>
        x.Linear(weight.Slice(0, part * _width, _width), InProjBias?.Value.Slice(0, part * _width, _width))
            .Reshape(x.Shape[0], x.Shape[1], _heads, _width / _heads).Transpose(1, 2);

    private void RequireSequence(string name, Tensor x, int? batch, int? time)
    {
        var fits = x.Rank == 3 && x.Shape[2] == _width && x.Shape[0] == (batch ?? x.Shape[0]) && x.Shape[1] == (time ?? x.Shape[1]);
        if (!fits)
        {
            throw Expect.Got(FormattableString.Invariant(
                $"[{batch?.ToString(CultureInfo.InvariantCulture) ?? "batch"}, ") +
                    FormattableString.Invariant($"{time?.ToString(CultureInfo.InvariantCulture) ?? "time"}, {_width}] as the {name}"), x);
        }
    }
}
