using System.Runtime.InteropServices;

namespace Gradus.Data;

/// <summary>Batches whose samples are mixed with others of the source.</summary>
internal abstract class MixedBatches : IBatchSource<Labeled>
{
    private readonly IBatchSource<Labeled> _source;
    private readonly MixOptions _options;
    private readonly double _alpha;
    private readonly int? _classes;
    private readonly string _stream;

    protected MixedBatches(IBatchSource<Labeled> source, MixOptions options, double alpha, string name)
    {
        ArgumentNullException.ThrowIfNull(source);
        (_source, _options, _alpha, Name) = (source, options, options.Alpha ?? alpha, name);
        if (!(_alpha is >= 0.01 and <= 1000)) throw new ArgumentOutOfRangeException(nameof(options), _alpha, "Alpha must be 0.01 to 1000.");
        if (!(options.Probability is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Probability, "A probability is a number from 0 to 1.");
        }

        if (options.Classes < 1) throw new ArgumentOutOfRangeException(nameof(options), options.Classes, "There is at least one class.");
        _classes = options.Classes ?? (source as Dataset)?.ClassNames?.Count;
        _stream = SampleRandom.StreamOf(name);
    }

    public int Count => _source.Count;

    /// <summary>The name in messages, and of the random numbers.</summary>
    protected string Name { get; }

    public Labeled Read(ReadOnlySpan<int> rows, int epoch)
    {
        // One's own rows, and behind them the partners of those that are mixed.
        var wanted = new List<int>(2 * rows.Length);
        wanted.AddRange(rows);
        var randoms = new SampleRandom?[rows.Length];
        for (var index = 0; index < rows.Length; index++)
        {
            var random = SampleRandom.Of(_stream, _options.Seed, epoch, rows[index]);
            if (!random.Chance(_options.Probability)) continue;
            wanted.Add(random.Below(Count));
            randoms[index] = random;
        }

        var read = _source.Read(CollectionsMarshal.AsSpan(wanted), epoch);
        Check(read, wanted.Count);
        var targets = Targets(read.Target, wanted.Count);
        var inputs = PictureBatch.Read(read.Input);
        var targetValues = PictureBatch.Read(targets);
        var (inputSize, targetSize) = (SizeOf(read.Input, wanted.Count), SizeOf(targets, wanted.Count));
        var (input, target) = (First(read.Input, rows.Length), First(targets, rows.Length));
        var mixed = input.Writable<float>();
        var mixedTargets = target.Writable<float>();
        inputs[..mixed.Length].CopyTo(mixed);
        targetValues[..mixedTargets.Length].CopyTo(mixedTargets);
        var partner = rows.Length;
        for (var index = 0; index < rows.Length; index++)
        {
            if (randoms[index] is not { } random) continue;
            var wantedShare = Beta.Symmetric(_alpha, random);
            var share = Mix(mixed.Slice(index * inputSize, inputSize), inputs.Slice(partner * inputSize, inputSize), read.Input, wantedShare, random);
            Blend(mixedTargets.Slice(index * targetSize, targetSize), targetValues.Slice(partner * targetSize, targetSize), share);
            partner++;
        }

        GC.KeepAlive(read.Input);
        GC.KeepAlive(targets);
        input.Own(TensorScope.Current);
        target.Own(TensorScope.Current);
        return new(input, target);
    }

    /// <summary>Mixes a sample with its partner.</summary>
    /// <param name="own">The sample, which is changed.</param>
    /// <param name="other">Its partner.</param>
    /// <param name="inputs">The batch that both are from.</param>
    /// <param name="share">The wanted share of the sample.</param>
    /// <param name="random">The random numbers of the sample.</param>
    /// <returns>The share that it has.</returns>
    protected abstract double Mix(Span<float> own, ReadOnlySpan<float> other, Tensor inputs, double share, SampleRandom random);

    /// <exception cref="GradusException">Such inputs cannot be mixed.</exception>
    protected virtual void Check(Labeled batch, int count)
    {
        if (batch.Input.DType != DType.Float32 || batch.Input.Rank == 0 || batch.Input.Shape[0] != count)
            throw new GradusException($"{Name}: {batch.Input.Describe()} for {count} samples; expected inputs f32 [{count}, …].");
    }

    protected static void Blend(Span<float> own, ReadOnlySpan<float> other, double share)
    {
        var (mine, theirs) = ((float)share, (float)(1 - share));
        for (var index = 0; index < own.Length; index++) own[index] = (mine * own[index]) + (theirs * other[index]);
    }

    /// <summary>Probabilities of classes, or the float targets as they are.</summary>
    private Tensor Targets(Tensor target, int count)
    {
        var isOnePerSample = target.Rank >= 1 && target.Shape[0] == count;
        if (isOnePerSample && target.DType == DType.Float32 && target.Rank >= 2) return target;
        if (!isOnePerSample || target.DType != DType.Int32 || target.Rank != 1)
            throw new GradusException($"{Name}: targets {target.Describe()}; expected class numbers, i32 [samples], or probabilities, f32 [samples, classes].");
        var classes = _classes ?? throw new GradusException($"{Name}: targets are class numbers. Say how many classes there are: Classes = 10.");
        var labels = target.ToArray<int>();
        var values = new float[RowArray.Length(labels.Length, classes)];
        for (var row = 0; row < labels.Length; row++)
        {
            if ((uint)labels[row] >= (uint)classes)
                throw new GradusException($"{Name}: a sample has class {labels[row]}; with Classes = {classes} they go from 0 to {classes - 1}.");
            values[(row * classes) + labels[row]] = 1;
        }

        return Tensor.From(values, [labels.Length, classes]);
    }

    private static int SizeOf(Tensor tensor, int rows) => rows == 0 ? 0 : (int)(tensor.Count / rows);

    private static Tensor First(Tensor tensor, int rows) =>
        Tensor.Allocate(new Meta(Shape.Create([rows, .. tensor.Shape.AsSpan()[1..]]), DType.Float32));
}
