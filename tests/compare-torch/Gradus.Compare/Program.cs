using System.Text.Json;
using Gradus;
using Gradus.Compare;
using Gradus.Formats;

// Reads cases, a JSON array, and writes what Gradus makes of each. compare.py and compare_nn.py make the cases and compare.
switch (args)
{
    case [var casesFile, var resultsFile]:
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

    case ["nn", var casesFile, var numbersFile, var resultsFile]:
        var uses = JsonSerializer.Deserialize<NetworkCase[]>(File.ReadAllText(casesFile), ComparedCase.Format)!;
        var given = SafeTensorsFile.Read(numbersFile).Tensors;
        var tensors = new Dictionary<string, Tensor>();
        var errors = new Dictionary<string, string>();
        for (var number = 0; number < uses.Length; number++)
        {
            try
            {
                uses[number].Run(number, given, tensors);
            }
            catch (GradusException error)
            {
                errors.Add(FormattableString.Invariant($"{number}"), error.Message);
            }
        }

        SafeTensorsFile.Write(resultsFile, tensors, errors);
        return 0;

    default:
        Console.Error.WriteLine("usage: Gradus.Compare CASES.json RESULTS.json, or Gradus.Compare nn CASES.json NUMBERS.safetensors RESULTS.safetensors");
        return 2;
}
