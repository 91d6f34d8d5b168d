using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Gradus.Cli;

/// <summary>The parser's own help, and what one might type.</summary>
internal sealed class HelpWithExamples(SynchronousCommandLineAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        // The commands of ONNX have names that others have too.
        var command = parseResult.CommandResult.Parent is CommandResult { Command.Name: "onnx" } onnx ? onnx.Command : parseResult.CommandResult.Command;
        var name = command.Name == "export" && parseResult.CommandResult.Parent is CommandResult { Command.Name: "runs" } ? "runs export" : command.Name;
        foreach (var example in ExamplesOf(name)) output.WriteLine($"  gradus {example}");
        output.WriteLine();
        return code;
    }

    private static string[] ExamplesOf(string command) => command switch
    {
        "train" =>
        [
            "train spirals",
            "train mnist --data-dir data/mnist --model cnn --epochs 5 --out runs/mnist",
            "train mnist --data-dir data/mnist --model autoencoder:128,32",
            "train csv:wine.csv --target quality --task regress",
            "train sqlite:shop.db --query \"SELECT area, city, price FROM houses\" --target price --audit",
            "train csv:passengers.csv --target Passengers --window 24 --horizon 1",
            "train digits --steps 500 --json",
            "train text:book.txt --model gpt:4,4,128,64 --steps 2500",
            "train moons --doctor",
            "train digits --tensorboard",
            "train digits --model mlp:64,32 --from weights.pt",
        ],
        "launch" => ["launch -n 4 -- train mnist --data-dir data/mnist", "launch -n 3 -- train --resume runs/mnist-001"],
        "importance" =>
        [
            "importance runs/csv-001/model.safetensors csv:wine.csv",
            "importance runs/csv-001/model.safetensors csv:later.csv --all --svg importance.svg",
        ],
        "evaluate" =>
        [
            "evaluate runs/mnist/model.safetensors mnist --data-dir data/mnist",
            "evaluate runs/csv-001/model.safetensors csv:new.csv --split all",
        ],
        "predict" => ["predict runs/csv-001/model.safetensors csv:new.csv --json"],
        "serve" =>
        [
            "serve runs/csv-001/model.safetensors",
            "serve prices.safetensors digits.safetensors=mnist --port 8080 --max-wait 2",
        ],
        "sample" =>
        [
            "sample runs/text-001/model.safetensors --prompt \"Once upon\" --length 500",
            "sample runs/text-001/model.safetensors --temperature 0.5 --top-k 10 --seed 7 --json",
        ],
        "inspect" => ["inspect runs/mnist/model.safetensors", "inspect runs/mnist/model.safetensors --layers", "inspect checkpoint.pt --json"],
        "convert" =>
        [
            "convert weights.pt weights.safetensors",
            "convert runs/mnist/model.safetensors model.pt",
            "convert checkpoint.pth weights.npz --under state_dict --rename module=",
        ],
        "onnx" =>
        [
            "onnx export runs/mnist/model.safetensors model.onnx",
            "onnx info model.onnx",
            "onnx run model.onnx inputs.npz --out outputs.npz",
            "onnx verify model.onnx reference.npz",
        ],
        "doctor" =>
        [
            "doctor runs/digits-001/model.safetensors --data digits",
            "doctor runs/mnist/model.safetensors --data mnist --data-dir data/mnist --svg flow.svg",
            "doctor runs/digits-001/model.safetensors --data digits --optimizer sgd --lr 0.5 --strict",
        ],
        "attribute" =>
        [
            "attribute runs/mnist/model.safetensors mnist --data-dir data/mnist --sample 3 --svg digit.svg",
            "attribute runs/csv-001/model.safetensors csv:new.csv --sample 12 --method integrated-gradients --json",
        ],
        "graph" =>
        [
            "graph \"price = (apple*apple_num + orange*orange_num)*tax\" --at apple=100,apple_num=2,orange=150,orange_num=3,tax=1.1",
            "graph \"z = (x+y)**2\" --at x=3,y=4 --svg graph.svg",
            "graph \"h = relu(W @ x); loss = mean(h)\" --at W=[[1,2],[3,4]],x=[1,-1] --json",
            "graph \"z = sigmoid(w*x + b)\" --at w=2,x=1,b=-3 --explain w",
            "graph runs/digits-001/model.safetensors --data digits --sample 3 --html digit.html",
            "graph runs/digits-001/model.safetensors --data digits --open all --explain 1.bias",
        ],
        "at" => ["at runs/digits-001 120", "at runs/digits-001 120 --graph --doctor", "at runs/digits-001 120 --html step.html --weights step.safetensors"],
        "diff" => ["diff runs/digits-001 runs/digits-002", "diff runs/digits-001 runs/digits-002 --json"],
        "verify" => ["verify runs/digits-001", "verify runs/digits-001 --spot 3"],
        "runs" or "list" => ["runs", "runs list runs/sweep --sort figure", "runs list --csv runs.csv", "runs list --json"],
        "show" => ["runs show digits-001", "runs show runs/digits-001 --csv steps.csv --epochs-csv epochs.csv"],
        "compare" => ["runs compare digits-001 digits-002", "runs compare runs/a runs/b --csv losses.csv"],
        "export" or "csharp" =>
        [
            "train csv:iris.csv --model mlp:64,32 --out runs/iris",
            "export csharp runs/iris/model.safetensors Iris.cs",
            "export csharp runs/mnist/model.safetensors Digits.cs --namespace MyApp.Models --weights beside",
        ],
        "runs export" => ["runs export digits-001 --tensorboard board/digits-001"],
        "bench" => ["bench --only gemm", "bench --json", "bench peak"],
        "peak" => ["bench peak --json"],
        _ =>
        [
            "train digits",
            "evaluate runs/digits-001/model.safetensors digits",
            "train --help",
        ],
    };
}
