using Gradus.Formats;

namespace Gradus.Onnx.Tests.Export;

/// <summary>What stands in a file that was written.</summary>
internal static class ExportedFile
{
    public static ModelProto Read(string path)
    {
        using var contents = OnnxContents.Open(path);
        return contents.Model;
    }

    /// <summary>The operators of a graph in the order in which they first appear, each with how often: <c>Conv ×21, Relu</c>.</summary>
    public static string Operators(ModelProto model) => string.Join(", ", model.Graph!.Nodes.GroupBy(static node => node.Operator)
        .Select(static group => group.Count() == 1 ? group.Key : FormattableString.Invariant($"{group.Key} ×{group.Count()}")));
}
