using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Gradus;

public sealed partial class Tensor
{
    /// <summary>The value of a tensor that has exactly one element, converted to <typeparamref name="T"/>.</summary>
    /// <exception cref="GradusException">There are more elements, or none.</exception>
    public T Item<T>() where T : unmanaged
    {
        if (Count != 1) throw new GradusException($"item: {Describe()} has {Count} elements; Item() reads a tensor of one. Use ToArray(), or index it first.");
        return ToArray<T>()[0];
    }

    /// <summary>The value of a tensor that has exactly one element, as a double.</summary>
    /// <exception cref="GradusException">There are more elements, or none.</exception>
    public double Item()
    {
        // Read in place, without a tensor for the conversion: a training loop asks for its loss at each step.
        if (Count != 1 || DType != DType.Float32 || !IsContiguous) return Item<double>();
        if (OperatorObserver.IsAny) OperatorObserver.NotifyRead(this);
        var value = Writable<float>()[0];
        GC.KeepAlive(this);
        return value;
    }

    /// <summary>The elements in row-major order, copied and converted to <typeparamref name="T"/>.</summary>
    public T[] ToArray<T>() where T : unmanaged
    {
        if (OperatorObserver.IsAny) OperatorObserver.NotifyRead(this);
        using (GradMode.Disable())
        {
            // Said before the elements are brought into one piece.
            if (Count > Array.MaxLength) throw Errors.BeyondSpan("toArray", this);
            var dense = To(DTypeExtensions.Of<T>()).Contiguous();
            var values = dense.Writable<T>().ToArray();
            GC.KeepAlive(dense);
            return values;
        }
    }

    /// <summary>The elements in row-major order, in place, to read.</summary>
    /// <remarks>The span stays valid, and keeps its values, even after the tensor is dropped: its memory is then not used again.</remarks>
    /// <exception cref="GradusException">The element type is not <typeparamref name="T"/>, or the tensor is not contiguous.</exception>
    public ReadOnlySpan<T> AsSpan<T>() where T : unmanaged
    {
        var wanted = DTypeExtensions.Of<T>();
        if (wanted != DType)
        {
            throw new GradusException(
                $"asSpan: {Describe()} does not hold {wanted.ShortName}. Convert it with To(), or copy it with ToArray<{typeof(T).Name}>().");
        }

        if (Count > int.MaxValue) throw Errors.BeyondSpan("asSpan", this);
        if (!IsContiguous) throw new GradusException($"asSpan: {Describe()} does not lie in one piece. Call Contiguous() first.");
        if (OperatorObserver.IsAny) OperatorObserver.NotifyRead(this);
        Storage.Export();
        return Writable<T>();
    }

    /// <summary>The elements as the platform's own tensor span, in place, to read.</summary>
    /// <inheritdoc cref="AsSpan{T}" path="/exception"/>
    public ReadOnlyTensorSpan<T> AsTensorSpan<T>() where T : unmanaged
    {
        var lengths = new nint[Rank];
        for (var axis = 0; axis < Rank; axis++) lengths[axis] = Shape[axis];
        return new ReadOnlyTensorSpan<T>(AsSpan<T>(), lengths);
    }

    /// <summary>A copy as the platform's own tensor type.</summary>
    public Tensor<T> ToSystemTensor<T>() where T : unmanaged
    {
        var lengths = new nint[Rank];
        for (var axis = 0; axis < Rank; axis++) lengths[axis] = Shape[axis];
        return System.Numerics.Tensors.Tensor.Create(ToArray<T>(), lengths);
    }

    /// <summary>Copies the values of another tensor, which may broadcast, into this one.</summary>
    /// <returns>This tensor.</returns>
    /// <exception cref="GradusException">The values do not fit, or this tensor was computed from others and is part of a graph.</exception>
    public Tensor CopyFrom(Tensor values)
    {
        ArgumentNullException.ThrowIfNull(values);
        GuardChange("copyFrom");
        if (Shape.Broadcast("copyFrom", Shape, values.Shape) != Shape)
        {
            throw new GradusException($"copyFrom: {values.Describe()} does not fit into {Describe()}.");
        }

        using (GradMode.Disable())
        {
            // A part of this very tensor would be overwritten while it is read.
            if (ReferenceEquals(values.Storage, Storage)) values = values.Clone();
            values = values.To(DType);
            Ops.Copy.Execute([values.Shape == Shape ? values : values.Expand(Shape)], [this], default);
        }

        Storage.Touch("CopyFrom");
        return this;
    }

    /// <summary>Sets every element to a value.</summary>
    /// <returns>This tensor.</returns>
    /// <exception cref="GradusException">This tensor was computed from others and is part of a graph.</exception>
    public Tensor Fill(double value)
    {
        GuardChange("fill");
        CopyFrom(Full(default, value, DType));
        Storage.Touch("Fill");
        return this;
    }

    /// <inheritdoc cref="Fill(double)"/>
    public Tensor Fill(long value)
    {
        GuardChange("fill");
        CopyFrom(Full(default, value, DType));
        Storage.Touch("Fill");
        return this;
    }

    /// <summary>The bytes of a dense tensor, to be read at once.</summary>
    internal ReadOnlySpan<byte> Bytes() =>
        Layout.Count * DType.Size <= int.MaxValue
            ? MemoryMarshal.CreateReadOnlySpan(ref Unsafe.AddByteOffset(ref Storage.Origin, Layout.Offset * DType.Size), (int)Layout.Count * DType.Size)
            : throw Errors.BeyondSpan("memory", this);

    private void GuardChange(string operation)
    {
        if (Node is { IsLeaf: false })
        {
            throw new GradusException($"{operation}: {Describe()} is the result of {Node.Op!.Name} in a graph. Change a Detach()ed Clone() instead.");
        }

        if (Node is not null && GradMode.IsEnabled)
        {
            throw new GradusException($"{operation}: {Describe()} requires a gradient. Change it inside `using (new NoGrad())`.");
        }

        if (!Layout.IsDense && Layout.Strides.Contains(0))
        {
            throw new GradusException($"{operation}: {Describe()} shows the same memory in several places. Change a Clone() instead.");
        }
    }
}
