using System.Text.Json;
using Gradus;
using Gradus.Compare;

// Reads cases, a JSON array, and writes what Gradus makes of each: compare.py makes the cases and compares.
if (args is not [var casesFile, var resultsFile])
{
    Console.Error.WriteLine("usage: Gradus.Compare CASES.json RESULTS.json");
    return 2;
}

var cases = JsonSerializer.Deserialize<ComparedCase[]>(File.ReadAllText(casesFile), ComparedCase.Format)!;
var results = Array.ConvertAll(cases, static use =>
{
    try
    {
        return use.Run();
    }
    catch (GradusException error)
    {
        return new ComparedResult(error.Message, [], [], []);
    }
});
File.WriteAllText(resultsFile, JsonSerializer.Serialize(results, ComparedCase.Format));
return 0;
