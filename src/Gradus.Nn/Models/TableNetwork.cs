namespace Gradus.Nn;

/// <summary>
/// An ensemble for rows of a table: the numbers of a row as piecewise linear vectors, its categories as they are, and over them several perceptrons that
/// are trained side by side, each added to one linear model of the row: [batch, inputs] → [batch, outputs].
/// </summary>
/// <remarks>
/// The members share the vectors and the linear model; each has its own weights and its own loss, and they are computed by batched products. The prediction
/// is their mean: of probabilities for classes, told as logarithms, else of numbers. Gorishniy, Kotelnikov, Babenko, "TabM: advancing tabular deep learning
/// with parameter-efficient ensembling", 2025 (there the variant TabM-packed with piecewise linear embeddings); the linear model beside a network is that of
/// Cheng et al., "Wide &amp; deep learning for recommender systems", 2016.
/// </remarks>
public sealed class TableNetwork : Layer<Tensor, Tensor>, IEnsemble
{
    private readonly TableNetworkOptions _options;
    private readonly int[] _numbers;
    private readonly int[] _categories;

    /// <summary>A network for rows.</summary>
    /// <param name="inputs">Inputs of a row.</param>
    /// <param name="outputs">Classes, or targets.</param>
    /// <param name="options">Its sizes. Default: null, those of <see cref="TableNetworkOptions"/>.</param>
    /// <exception cref="GradusException">A size is not positive, or an input is told twice.</exception>
    public TableNetwork(int inputs, int outputs, TableNetworkOptions? options = null)
    {
        _options = options ?? new TableNetworkOptions();
        _options.Check(inputs, outputs);
        _categories = [.. _options.Categories.Order()];
        var known = _categories.ToHashSet();
        _numbers = [.. Enumerable.Range(0, inputs).Where(input => !known.Contains(input))];
        var (members, width) = (_options.Members, _options.Width);
        if (_numbers.Length > 0) Numbers = new PiecewiseLinear(_numbers.Length, _options.Bins, _options.VectorWidth);
        First = new Linear(_numbers.Length * _options.VectorWidth + _categories.Length, members * width);
        Hidden = new ModuleList<MemberLinear>([.. Enumerable.Range(1, _options.Layers - 1).Select(_ => new MemberLinear(width, width, members))]);
        Out = new MemberLinear(width, outputs, members);
        Drop = new Dropout(_options.Dropout);
        Skip = new Linear(inputs, outputs, init: Init.Zeros);
    }

    /// <inheritdoc/>
    public int Members => _options.Members;

    /// <summary>The vectors of the numbers; null where there are none.</summary>
    public PiecewiseLinear? Numbers { get; private init => field = value is null ? null : Register(value); }

    /// <summary>The first layer of all members.</summary>
    public Linear First { get; private init => field = Register(value)!; }

    /// <summary>The other hidden layers.</summary>
    public ModuleList<MemberLinear> Hidden { get; private init => field = Register(value)!; }

    /// <summary>The last layer.</summary>
    public MemberLinear Out { get; private init => field = Register(value)!; }

    /// <summary>What drops hidden numbers in training.</summary>
    public Dropout Drop { get; private init => field = Register(value)!; }

    /// <summary>
    /// The linear model of a row that is added to every member. It begins at 0; <c>Trainer</c> lets it begin at a linear or logistic regression, so that the
    /// members learn what is not linear.
    /// </summary>
    public Linear Skip { get; private init => field = Register(value)!; }

    /// <summary>The inputs that are numbers, in the order of their vectors.</summary>
    internal IReadOnlyList<int> NumberInputs => _numbers;

    /// <summary>The inputs that are 0 or 1 for a category, in the order in which the first layer reads them.</summary>
    internal IReadOnlyList<int> CategoryInputs => _categories;

    /// <summary>Whether outputs are classes.</summary>
    internal bool AreClasses => _options.AreClasses;

    /// <summary>Whether the network has seen what its inputs and targets are like.</summary>
    internal bool IsLearnt => Numbers?.IsLearnt != false && Skip.Weight.Value.ToArray<float>().AsSpan().ContainsAnyExcept(0f);

    /// <summary>Learns from training rows where the bins of each number are; see <see cref="PiecewiseLinear.Learn"/>.</summary>
    /// <param name="rows">Training rows, [rows, inputs].</param>
    /// <exception cref="GradusException">The shape is another.</exception>
    public void Learn(Tensor rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Numbers?.Learn(Select(rows, _numbers));
    }

    /// <inheritdoc/>
    public Tensor ForwardMembers(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var inputs = _numbers.Length + _categories.Length;
        if (input.Rank != 2 || input.Shape[1] != inputs) throw Expect.Got($"[batch, {inputs}]", input);
        var features = Features(input);
        var hidden = First.Forward(features).Reshape(input.Shape[0], Members, _options.Width).Transpose(0, 1);
        hidden = Drop.Forward(hidden.Relu());
        foreach (var layer in Hidden) hidden = Drop.Forward(layer.Forward(hidden).Relu());
        return Out.Forward(hidden) + Skip.Forward(input);
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor input)
    {
        var outputs = ForwardMembers(input);
        return _options.AreClasses ? outputs.LogSoftmax(-1).LogSumExp(0) - Math.Log(Members) : outputs.Mean(0);
    }

    /// <inheritdoc/>
    protected override string Describe() => FormattableString.Invariant($"{_numbers.Length} numbers, {_categories.Length} categories, {Members} members");

    private Tensor Features(Tensor input)
    {
        if (Numbers is null) return input;
        var vectors = Numbers.Forward(Select(input, _numbers));
        return _categories.Length == 0 ? vectors : Tensor.Concat([vectors, Select(input, _categories)], 1);
    }

    private Tensor Select(Tensor rows, int[] inputs) =>
        inputs.Length == _numbers.Length + _categories.Length ? rows : rows.IndexSelect(1, Tensor.From(inputs, [inputs.Length]));
}
