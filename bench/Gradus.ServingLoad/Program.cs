using System.Globalization;
using Gradus.ServingLoad;

// load GRADUS MODEL BODIES [SECONDS [CONNECTIONS]]: what a server does under load. GRADUS is Gradus.Cli.dll, BODIES a file of a request's body a line.
// bodies KIND DATA COUNT: such bodies of a table, of MNIST or of a text.
// latency MODEL CSV TARGET [SECONDS]: single rows by a Predictor and by ML.NET's PredictionEngine, in turn.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["load", var gradus, var model, var bodies, .. var rest]:
        await Load.Run(gradus, model, File.ReadAllLines(bodies), Number(rest, 0, 60), (int)Number(rest, 1, 64));
        return 0;
    case ["bodies", var kind, var data, var count]:
        foreach (var body in Bodies.Of(kind, data).Take(int.Parse(count, CultureInfo.InvariantCulture))) Console.WriteLine(body);
        return 0;
    case ["latency", var model, var csv, var target, .. var rest]:
        Latency.Run(model, csv, target, Number(rest, 0, 10));
        return 0;
    default:
        Console.Error.WriteLine("load GRADUS MODEL BODIES [SECONDS [CONNECTIONS]] | bodies csv|mnist|text DATA COUNT | latency MODEL CSV TARGET [SECONDS]");
        return 2;
}

static double Number(string[] rest, int place, double otherwise) => rest.Length > place ? double.Parse(rest[place], CultureInfo.InvariantCulture) : otherwise;
