namespace Gradus.Studio;

/// <summary>How the weights of a <see cref="Playground"/> begin.</summary>
public enum PlaygroundInit
{
    /// <summary>Uniform in ±1/√n, with n inputs.</summary>
    Uniform,

    /// <summary>Xavier's, for tanh and sigmoid.</summary>
    Xavier,

    /// <summary>He's, for ReLU.</summary>
    He,

    /// <summary>Normal with deviation 1, which is too large.</summary>
    Large,

    /// <summary>All 0: neurons of a layer then stay alike.</summary>
    Zeros,
}
