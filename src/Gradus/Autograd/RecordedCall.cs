namespace Gradus;

/// <summary>One call of a module, inside of which operators were evaluated.</summary>
internal sealed class ModuleScope(ModuleScope? outer, string path, string title)
{
    /// <summary>Stands for a place that nobody has noted.</summary>
    public static readonly ModuleScope Unknown = new(null, "", "");

    /// <summary>The call that this one was made in.</summary>
    public ModuleScope? Outer => outer;

    /// <summary>The module's path from the outermost one, empty for that itself.</summary>
    public string Path => path;

    /// <summary>The module as it is printed, without its parts.</summary>
    public string Title { get; set; } = title;
}

/// <summary>What a <see cref="GraphRecording"/> keeps of an operator's evaluation.</summary>
/// <param name="Inputs">What went in.</param>
/// <param name="Outputs">What came out.</param>
/// <param name="Scope">The module that evaluated it, if one did.</param>
/// <param name="Homes">For each input the module that it was first seen in, null for none, or <see cref="ModuleScope.Unknown"/>.</param>
internal sealed record RecordedCall(Tensor[] Inputs, Tensor[] Outputs, ModuleScope? Scope, ModuleScope?[] Homes);
