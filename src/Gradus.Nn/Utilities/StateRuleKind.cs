namespace Gradus.Nn;

/// <summary>What a rule of a <see cref="StateMapping"/> does.</summary>
internal enum StateRuleKind
{
    /// <summary>Keeps what stands under a path, and takes the path off.</summary>
    Under,

    /// <summary>Calls names otherwise.</summary>
    Rename,

    /// <summary>Puts something before every name.</summary>
    Prepend,

    /// <summary>Exchanges the two axes of matrices.</summary>
    Transpose,

    /// <summary>Leaves tensors out.</summary>
    LeaveOut,
}
