namespace Gradus.Graphs.Tests;

public class Dump
{
    public static TheoryData<string> Names => TensorSample.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void All(string name)
    {
        Directory.CreateDirectory("/tmp/ng");
        var graph = TensorSample.Graph(name);
        var file = "/tmp/ng/" + name.Replace(' ', '_').Replace(",", "");
        File.WriteAllText(file + ".svg", SvgWriter.Write(graph));
        File.WriteAllText(file + ".folded.svg", SvgWriter.Write(graph.Fold()));
        if (graph.Groups.Length == 0) return;
        File.WriteAllText(file + ".html", HtmlWriter.Write(graph.Fold()));
    }
}
