namespace Gradus

open System

/// <summary>Sizes, axes and tensors as lists or other sequences, where C# takes as many arguments as one likes.</summary>
[<AutoOpen>]
module TensorExtensions =

    let private shape (sizes: int seq) = Shape.Create(ReadOnlySpan(Seq.toArray sizes))

    let private typed (dtype: DType option) = defaultArg dtype DType.Float32

    type Shape with

        /// <summary>A shape of these sizes: <c>Shape.Of [2; 3]</c>.</summary>
        /// <exception cref="GradusException">A size is negative, or there are too many.</exception>
        static member Of(sizes: int seq) = shape sizes

    type Tensor with

        /// <summary>Zeros: <c>Tensor.Zeros [2; 3]</c>.</summary>
        static member Zeros(sizes: int seq, ?dtype: DType) = Tensor.Zeros(shape sizes, typed dtype)

        /// <summary>Ones: <c>Tensor.Ones [2; 3]</c>.</summary>
        static member Ones(sizes: int seq, ?dtype: DType) = Tensor.Ones(shape sizes, typed dtype)

        /// <summary>One value everywhere: <c>Tensor.Full([2; 3], 0.5)</c>.</summary>
        static member Full(sizes: int seq, value: float, ?dtype: DType) = Tensor.Full(shape sizes, value, typed dtype)

        /// <summary>Random numbers, each value from 0 to 1 as likely as another.</summary>
        static member Rand(sizes: int seq, ?dtype: DType, ?generator: Generator) = Tensor.Rand(shape sizes, typed dtype, Option.toObj generator)

        /// <summary>Random numbers of the normal distribution with mean 0 and deviation 1.</summary>
        static member Randn(sizes: int seq, ?dtype: DType, ?generator: Generator) = Tensor.Randn(shape sizes, typed dtype, Option.toObj generator)

        /// <summary>Random whole numbers, at least <paramref name="low"/> and below <paramref name="high"/>, as i64.</summary>
        static member RandInt(sizes: int seq, low: int64, high: int64, ?generator: Generator) =
            Tensor.RandInt(shape sizes, low, high, DType.Int64, Option.toObj generator)

        /// <summary>A vector of these values: <c>Tensor.Of [1.0f; 2.0f]</c>.</summary>
        static member Of(values: 'T list) = Tensor.From(List.toArray values, shape [ values.Length ])

        /// <summary>A vector of these values.</summary>
        static member Of(values: 'T array) = Tensor.From(values, shape [ values.Length ])

        /// <summary>A matrix of these rows: <c>Tensor.OfRows [[1.0f; 2.0f]; [3.0f; 4.0f]]</c>.</summary>
        /// <exception cref="GradusException">Two rows are of different lengths.</exception>
        static member OfRows(rows: 'T list list) = Tensor.Of(rows |> List.map List.toArray |> List.toArray)

        /// <summary>Tensors one after the other along an axis that they have: <c>Tensor.Concat([x; y], 0)</c>.</summary>
        static member Concat(tensors: Tensor seq, ?axis: int) = Tensor.Concat(ReadOnlySpan(Seq.toArray tensors), defaultArg axis 0)

        /// <summary>Tensors of one shape, along an axis of their own.</summary>
        static member Stack(tensors: Tensor seq, ?axis: int) = Tensor.Stack(ReadOnlySpan(Seq.toArray tensors), defaultArg axis 0)

        /// <summary>Sums of products in Einstein's notation: <c>Tensor.Einsum("ij,jk->ik", [x; y])</c>.</summary>
        static member Einsum(equation: string, operands: Tensor seq) = Tensor.Einsum(equation, ReadOnlySpan(Seq.toArray operands))

        /// <summary>The same elements in another shape; −1 stands for the size that is left: <c>x.Reshape [3; -1]</c>.</summary>
        member x.Reshape(sizes: int seq) = x.Reshape(ReadOnlySpan(Seq.toArray sizes))

        /// <summary>The axes in another order.</summary>
        member x.Permute(order: int seq) = x.Permute(ReadOnlySpan(Seq.toArray order))

        /// <summary>Axes of size 1 stretched, without a copy; −1 leaves a size.</summary>
        member x.Expand(sizes: int seq) = x.Expand(ReadOnlySpan(Seq.toArray sizes))

        /// <summary>Copies side by side, so many along each axis.</summary>
        member x.Repeat(counts: int seq) = x.Repeat(ReadOnlySpan(Seq.toArray counts))

        /// <summary>Elements of these axes in reverse order.</summary>
        member x.Flip(axes: int seq) = x.Flip(ReadOnlySpan(Seq.toArray axes))

        /// <summary>One axis as several.</summary>
        member x.Unflatten(axis: int, sizes: int seq) = x.Unflatten(axis, ReadOnlySpan(Seq.toArray sizes))
