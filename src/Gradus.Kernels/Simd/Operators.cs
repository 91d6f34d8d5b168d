namespace Gradus.Kernels;

/// <summary>z = f(x), one lane from one lane. A struct passed by value, so it may carry parameters.</summary>
internal interface IUnaryOperator
{
    /// <summary>Relative cost of one element, 1 for an addition and about 8 for an exponential: it sets from which size threads help.</summary>
    static virtual int Cost => 1;

    /// <summary>The one body, for every element type and every vector width.</summary>
    V Invoke<T, S, V>(V x) where T : unmanaged where S : ISimd<T, V> where V : struct;
}

/// <summary>z = f(x, y), one lane from two.</summary>
internal interface IBinaryOperator
{
    /// <inheritdoc cref="IUnaryOperator.Cost"/>
    static virtual int Cost => 1;

    /// <inheritdoc cref="IUnaryOperator.Invoke"/>
    V Invoke<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct;
}

/// <summary>A relation of x and y: the result is a mask, stored as bytes 0 and 1.</summary>
internal interface IComparison
{
    /// <inheritdoc cref="IUnaryOperator.Invoke"/>
    V Invoke<T, S, V>(V x, V y) where T : unmanaged where S : ISimd<T, V> where V : struct;
}

/// <summary>z = f(x, y, w), one lane from three.</summary>
internal interface ITernaryOperator
{
    /// <inheritdoc cref="IUnaryOperator.Cost"/>
    static virtual int Cost => 1;

    /// <inheritdoc cref="IUnaryOperator.Invoke"/>
    V Invoke<T, S, V>(V x, V y, V w) where T : unmanaged where S : ISimd<T, V> where V : struct;
}
