#:project ../../src/Gradus.Graphs/Gradus.Graphs.csproj
#:project ../../src/Gradus.Nn/Gradus.Nn.csproj

// Lesson 18: drawing the graph.
//
// Nodes are operations, edges are values: above an edge its forward value, below it the gradient that comes back along it. With the name of a folder as an
// argument the pictures are written there, to be opened in a browser.

using System.Globalization;
using Gradus;
using Gradus.Graphs;
using Gradus.Nn;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// An expression of the textbooks.
var shop = Expression.Parse("price = (apple*apple_num + orange*orange_num)*tax")
    .Evaluate(Expression.ParseValues("apple=100,apple_num=2,orange=150,orange_num=3,tax=1.1"));
foreach (var node in shop.Nodes) Console.WriteLine($"{node}: above {node.Value!.Item():0.##}, below {node.Gradient!.Item():0.##}");

// A network: what was recorded while it ran is drawn, its layers as nodes that can be opened.
var model = new Sequential(new Linear(2, 3), new Sigmoid(), new Linear(3, 2));
model.Initialize(18);
var x = Tensor.Of([[0.05f, 0.10f]]).Named("x").RequireGrad();
GraphModel network;
using (new GraphRecording()) network = Losses.CrossEntropy(model.Forward(x), Tensor.Of(1)).Named("loss").Graph();
var folded = network.Fold();
Console.WriteLine($"folded: {string.Join(" → ", folded.Nodes.Where(node => node.Kind != GraphNodeKind.Constant).Select(node => node.Symbol))}");
Console.WriteLine($"open: {string.Join(", ", network.Nodes.Where(node => node.Kind != GraphNodeKind.Constant).Select(node => node.Name))}");

// The same flow back, written out for one value.
Console.Write(shop.Explain("apple").ToText());

if (args is [var folder])
{
    Directory.CreateDirectory(folder);
    File.WriteAllText(Path.Combine(folder, "shop.svg"), SvgWriter.Write(shop));
    File.WriteAllText(Path.Combine(folder, "shop.html"), HtmlWriter.Write(shop));
    File.WriteAllText(Path.Combine(folder, "network.svg"), SvgWriter.Write(folded));
    File.WriteAllText(Path.Combine(folder, "network-open.svg"), SvgWriter.Write(network));
}
