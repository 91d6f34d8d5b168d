using System.Runtime.InteropServices;

namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>A tensor of shape [n] with these values; the element type is that of the values.</summary>
    public static Tensor Of<T>(params ReadOnlySpan<T> values) where T : unmanaged => From(values, Shape.Create([values.Length]));

    /// <summary>A tensor of shape [rows, columns]: <c>Tensor.Of([[1f, 2f], [3f, 4f]])</c>.</summary>
    /// <exception cref="GradusException">The rows differ in length.</exception>
    public static Tensor Of<T>(T[][] rows) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(rows);
        return From<T>(Flatten(rows, "row"), [rows.Length, rows.Length == 0 ? 0 : rows[0].Length]);
    }

    /// <summary>A tensor of shape [planes, rows, columns].</summary>
    /// <exception cref="GradusException">The planes or rows differ in length.</exception>
    public static Tensor Of<T>(T[][][] planes) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(planes);
        var rows = Flatten(planes, "plane");
        var height = planes.Length == 0 ? 0 : planes[0].Length;
        return From<T>(Flatten(rows, "row"), [planes.Length, height, rows.Length == 0 ? 0 : rows[0].Length]);
    }

    /// <summary>A tensor of a given shape with these values in row-major order, copied.</summary>
    /// <exception cref="GradusException">The number of values is not that of the shape's elements.</exception>
    public static Tensor From<T>(ReadOnlySpan<T> values, Shape shape) where T : unmanaged
    {
        if (values.Length != shape.ElementCount)
        {
            throw new GradusException($"from: {values.Length} values for shape {shape}, which has {shape.ElementCount} elements.");
        }

        var tensor = Allocate(new Meta(shape, DTypeExtensions.Of<T>()));
        values.CopyTo(tensor.Writable<T>());
        tensor.Own(TensorScope.Current);
        return tensor;
    }

    /// <inheritdoc cref="From{T}(ReadOnlySpan{T}, Shape)"/>
    public static Tensor From<T>(T[] values, Shape shape) where T : unmanaged => From(values.AsSpan(), shape);

    /// <inheritdoc cref="From{T}(ReadOnlySpan{T}, Shape)"/>
    public static Tensor From<T>(Span<T> values, Shape shape) where T : unmanaged => From((ReadOnlySpan<T>)values, shape);

    /// <summary>A tensor with the values and the shape of the platform's own tensor type, copied.</summary>
    public static Tensor From<T>(System.Numerics.Tensors.ReadOnlyTensorSpan<T> values) where T : unmanaged
    {
        // The span over nothing at all has no axes, and yet no element.
        var sizes = new int[values.IsEmpty ? Math.Max(values.Rank, 1) : values.Rank];
        for (var axis = 0; axis < values.Rank; axis++) sizes[axis] = Shape.Size(values.Lengths[axis], "from");
        var tensor = Allocate(new Meta(Shape.Adopt(sizes), DTypeExtensions.Of<T>()));
        if (tensor.Count > 0) values.FlattenTo(tensor.Writable<T>());
        tensor.Own(TensorScope.Current);
        return tensor;
    }

    /// <summary>A 0-d tensor: one number.</summary>
    public static Tensor Scalar<T>(T value) where T : unmanaged => From(new ReadOnlySpan<T>(in value), default);

    /// <summary>A tensor of zeros.</summary>
    public static Tensor Zeros(Shape shape, DType dtype = DType.Float32) => Full(shape, 0, dtype);

    /// <summary>A tensor of ones.</summary>
    public static Tensor Ones(Shape shape, DType dtype = DType.Float32) => Full(shape, 1, dtype);

    /// <summary>A tensor in which every element is <paramref name="value"/>, converted to the element type.</summary>
    public static Tensor Full(Shape shape, double value, DType dtype = DType.Float32)
    {
        var tensor = Allocate(new Meta(shape, dtype));
        tensor.FillAll(value);
        tensor.Own(TensorScope.Current);
        return tensor;
    }

    /// <summary>A tensor in which every element is the whole number <paramref name="value"/>, as it is in i64, else converted to the element type.</summary>
    /// <exception cref="GradusException">The element type is i32, which does not hold the number.</exception>
    public static Tensor Full(Shape shape, long value, DType dtype = DType.Float32)
    {
        if (dtype == DType.Int32 && value is < int.MinValue or > int.MaxValue)
        {
            throw new GradusException(FormattableString.Invariant($"full: {value} does not fit into i32. Use i64."));
        }

        var tensor = Allocate(new Meta(shape, dtype));
        tensor.FillAll(value);
        tensor.Own(TensorScope.Current);
        return tensor;
    }

    /// <summary>0, 1, …, count − 1.</summary>
    public static Tensor Arange(int count, DType dtype = DType.Int64) => Arange(0, count, 1, dtype);

    /// <summary>start, start + step, … of whole numbers, as long as it is below <paramref name="end"/> (above it, for a negative step).</summary>
    /// <exception cref="GradusException">The step is 0, or there are more numbers than an axis can have.</exception>
    public static Tensor Arange(long start, long end, long step = 1, DType dtype = DType.Int64)
    {
        if (step == 0) throw new GradusException(FormattableString.Invariant($"arange: {start} to {end} in steps of 0 is not a finite number of elements."));
        // Beyond 64 bits: the ends may lie 2⁶⁴ apart.
        var count = step > 0 ? ((Int128)end - start + step - 1) / step : ((Int128)start - end - step - 1) / -(Int128)step;
        if (count > int.MaxValue)
        {
            throw new GradusException(
                FormattableString.Invariant($"arange: {start} to {end} in steps of {step} are {count} elements, more than an axis can have."));
        }

        var tensor = Allocate(new Meta(Shape.Create([(int)Int128.Max(count, 0)]), DType.Int64));
        var values = tensor.Writable<long>();
        for (var index = 0; index < values.Length; index++) values[index] = start + (index * step);
        tensor.Own(TensorScope.Current);
        return tensor.To(dtype);
    }

    /// <summary>start, start + step, …, as long as it is below <paramref name="end"/> (above it, for a negative step).</summary>
    /// <exception cref="GradusException">The step is 0, or the number of elements is not finite.</exception>
    public static Tensor Arange(double start, double end, double step = 1, DType dtype = DType.Float32)
    {
        var count = Math.Ceiling((end - start) / step);
        if (step == 0 || !double.IsFinite(count) || count > int.MaxValue)
        {
            throw new GradusException(FormattableString.Invariant($"arange: {start} to {end} in steps of {step} is not a finite number of elements."));
        }

        var tensor = Allocate(new Meta(Shape.Create([(int)Math.Max(count, 0)]), DType.Float64));
        var values = tensor.Writable<double>();
        for (var index = 0; index < values.Length; index++) values[index] = start + (index * step);
        tensor.Own(TensorScope.Current);
        return tensor.To(dtype);
    }

    /// <summary><paramref name="count"/> numbers at equal distances from <paramref name="start"/> to <paramref name="end"/>, both included.</summary>
    /// <exception cref="GradusException">The count is negative.</exception>
    public static Tensor Linspace(double start, double end, int count, DType dtype = DType.Float32)
    {
        if (count < 0) throw new GradusException($"linspace: {count} elements; the count must not be negative.");
        var tensor = Allocate(new Meta(Shape.Create([count]), DType.Float64));
        var values = tensor.Writable<double>();
        var step = count > 1 ? (end - start) / (count - 1) : 0;
        if (!double.IsFinite(step)) step = (end / (count - 1)) - (start / (count - 1));
        // The upper half is counted down from the end, so that the last value is exactly the end.
        for (var index = 0; index < count; index++) values[index] = index < (count + 1) / 2 ? start + (index * step) : end - ((count - 1 - index) * step);
        tensor.Own(TensorScope.Current);
        return tensor.To(dtype);
    }

    /// <summary>
    /// <paramref name="count"/> numbers at equal distances from <paramref name="start"/> to <paramref name="end"/>, both included; in i64 and i32 without their
    /// fractions, and exact.
    /// </summary>
    /// <exception cref="GradusException">The count is negative, or the element type is i32, which does not hold an end.</exception>
    public static Tensor Linspace(long start, long end, int count, DType dtype = DType.Float32)
    {
        if (dtype is not (DType.Int64 or DType.Int32)) return Linspace((double)start, end, count, dtype);
        if (count < 0) throw new GradusException($"linspace: {count} elements; the count must not be negative.");
        if (dtype == DType.Int32 && (start != (int)start || end != (int)end))
        {
            throw new GradusException(FormattableString.Invariant($"linspace: from {start} to {end} does not fit into i32. Use i64."));
        }

        var tensor = Allocate(new Meta(Shape.Create([count]), DType.Int64));
        var values = tensor.Writable<long>();
        for (var index = 0; index < count; index++)
        {
            values[index] = count == 1 ? start : (long)((((Int128)start * (count - 1 - index)) + ((Int128)end * index)) / (count - 1));
        }

        tensor.Own(TensorScope.Current);
        return tensor.To(dtype);
    }

    /// <summary>The identity matrix of size n: ones on the diagonal, zeros elsewhere.</summary>
    public static Tensor Eye(int size, DType dtype = DType.Float32) => Arange(size).Unsqueeze(1).Equal(Arange(size)).To(dtype);

    private static T[] Flatten<T>(T[][] rows, string what)
    {
        foreach (var row in rows)
        {
            if (row is null) throw new ArgumentNullException(nameof(rows), $"of: a {what} is null, expected an array.");
            if (row.Length != rows[0].Length)
            {
                throw new GradusException($"of: every {what} must have the same length; the first has {rows[0].Length}, another {row.Length}.");
            }
        }

        return [.. rows.SelectMany(static row => row)];
    }

    /// <summary>The elements of a dense tensor that is not shared yet, to write.</summary>
    internal Span<T> Writable<T>() where T : unmanaged
    {
        if (!DType.IsHeldAs<T>()) Errors.ThrowHeldAs(Meta, typeof(T).Name);
        if (!IsContiguous) throw Errors.DoesNotFit("memory", "tensor", Describe() + " with gaps", "one without");
        if (Count > int.MaxValue) throw Errors.BeyondSpan("memory", this);
        ref var first = ref System.Runtime.CompilerServices.Unsafe.AddByteOffset(ref Storage.Origin, Layout.Offset * DType.Size);
        return MemoryMarshal.CreateSpan(ref System.Runtime.CompilerServices.Unsafe.As<byte, T>(ref first), (int)Count);
    }

    private void FillAll(double value)
    {
        switch (DType)
        {
            case DType.Float32: Ops.FillWith(this, (float)value); break;
            case DType.Float64: Ops.FillWith(this, value); break;
            case DType.Float16: Ops.FillWith(this, (Half)value); break;
            case DType.BFloat16: Ops.FillWith(this, (BFloat16)value); break;
            case DType.Int64: Ops.FillWith(this, (long)value); break;
            case DType.Int32: Ops.FillWith(this, (int)value); break;
            default: Ops.FillWith(this, value != 0 ? (byte)1 : (byte)0); break;
        }
    }

    private void FillAll(long value)
    {
        switch (DType)
        {
            case DType.Float32: Ops.FillWith(this, (float)value); break;
            case DType.Float64: Ops.FillWith(this, (double)value); break;
            case DType.Float16: Ops.FillWith(this, (Half)(double)value); break;
            case DType.BFloat16: Ops.FillWith(this, BFloat16.Nearest(value)); break;
            case DType.Int64: Ops.FillWith(this, value); break;
            case DType.Int32: Ops.FillWith(this, (int)value); break;
            default: Ops.FillWith(this, value != 0 ? (byte)1 : (byte)0); break;
        }
    }
}
