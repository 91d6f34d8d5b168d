namespace Gradus.CSharp.Tests;

/// <summary>The code of a model, and a function over it.</summary>
/// <param name="Name">The name of the class.</param>
/// <param name="Source">Its code.</param>
/// <param name="Type">The function's type: <c>Func&lt;float[], float[]&gt;</c>.</param>
/// <param name="Function">The function: <c>numbers => model.Predict(numbers).Probabilities</c>.</param>
internal sealed record ExportedModel(string Name, string Source, string Type, string Function)
{
    /// <summary>How it is made. Default: without arguments.</summary>
    public string Make { get; init; } = $"new Models.{Name}()";
}
