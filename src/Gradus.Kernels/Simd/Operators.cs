namespace Gradus.Kernels;

/// <summary>z = f(x), one lane from one lane. A struct passed by value, so it may carry parameters.</summary>
internal interface IUnaryOperator<T> where T : unmanaged
{
    /// <summary>Relative cost of one element, 1 for an addition and about 8 for an exponential: it sets from which size threads help.</summary>
    static virtual int Cost => 1;

    /// <summary>The one body, for every vector width.</summary>
    V Invoke<S, V>(V x) where S : ISimd<T, V> where V : struct;
}

/// <summary>z = f(x, y), one lane from two.</summary>
internal interface IBinaryOperator<T> where T : unmanaged
{
    /// <inheritdoc cref="IUnaryOperator{T}.Cost"/>
    static virtual int Cost => 1;

    /// <inheritdoc cref="IUnaryOperator{T}.Invoke"/>
    V Invoke<S, V>(V x, V y) where S : ISimd<T, V> where V : struct;
}

/// <summary>A relation of x and y: the result is a mask, stored as bytes 0 and 1.</summary>
internal interface IComparison<T> where T : unmanaged
{
    /// <inheritdoc cref="IUnaryOperator{T}.Invoke"/>
    V Invoke<S, V>(V x, V y) where S : ISimd<T, V> where V : struct;
}

/// <summary>z = f(x, y, w), one lane from three.</summary>
internal interface ITernaryOperator<T> where T : unmanaged
{
    /// <inheritdoc cref="IUnaryOperator{T}.Cost"/>
    static virtual int Cost => 1;

    /// <inheritdoc cref="IUnaryOperator{T}.Invoke"/>
    V Invoke<S, V>(V x, V y, V w) where S : ISimd<T, V> where V : struct;
}
