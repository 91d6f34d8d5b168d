using System.Text.Json.Nodes;
using Gradus.Data;
using Gradus.Training;

namespace Gradus.Serving;

/// <summary>The schemas of samples and predictions.</summary>
internal static class OpenApiSchemas
{
    public static JsonObject Sample(Predictor predictor)
    {
        if (predictor.Form == DataForm.Text) return Text(predictor);
        if (predictor.Form == DataForm.Sentence)
            return new JsonObject { ["anyOf"] = new JsonArray(Of("string"), Row(predictor)) };
        if (ModelDescription.TakesRows(predictor)) return Row(predictor);
        var numbers = Numbers(predictor);
        if (predictor.Form != DataForm.Picture) return numbers;
        var file = new JsonObject { ["type"] = "string", ["contentEncoding"] = "base64", ["description"] = "A PNG, JPEG, GIF or BMP file." };
        var picture = new JsonObject
        {
            ["type"] = "object",
            ["required"] = new JsonArray("picture"),
            ["properties"] = new JsonObject { ["picture"] = new JsonObject { ["anyOf"] = new JsonArray(file, Numbers(predictor)) } },
        };
        return new JsonObject { ["anyOf"] = new JsonArray(picture, numbers) };
    }

    public static JsonObject Prediction(Predictor predictor)
    {
        var properties = new JsonObject { ["notes"] = new JsonObject { ["type"] = "array", ["items"] = Of("string") } };
        if (predictor.Form == DataForm.Text)
        {
            properties["token"] = Of("string");
            properties["next"] = new JsonObject { ["type"] = "array", ["items"] = Of("object") };
            properties["text"] = Of("string");
        }
        else if (predictor.ClassNames is { } classes)
        {
            var probabilities = new JsonObject();
            foreach (var name in classes) probabilities[name] = new JsonObject { ["type"] = "number", ["minimum"] = 0, ["maximum"] = 1 };
            properties["class"] = new JsonObject { ["type"] = "string", ["enum"] = Names(classes) };
            properties["probabilities"] = new JsonObject { ["type"] = "object", ["properties"] = probabilities };
        }
        else if (predictor.Model.Reconstructs)
        {
            properties["mse"] = new JsonObject { ["type"] = "number", ["description"] = "The mean squared error of the sample as it is given back." };
        }
        else
        {
            properties["value"] = new JsonObject { ["type"] = new JsonArray("number", "null"), ["description"] = "In the unit of the target." };
            properties["values"] = new JsonObject { ["type"] = "array", ["items"] = Of("number") };
            properties["interval"] = new JsonObject
            {
                ["type"] = "object",
                ["description"] = "Where the target is in this share of cases.",
                ["properties"] = new JsonObject { ["from"] = Of("number"), ["to"] = Of("number"), ["coverage"] = Of("number") },
            };
        }

        return new JsonObject { ["type"] = "object", ["properties"] = properties };
    }

    public static JsonObject Problem() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject { ["title"] = Of("string"), ["status"] = Of("integer"), ["detail"] = Of("string") },
    };

    private static JsonObject Row(Predictor predictor)
    {
        var (properties, required) = (new JsonObject(), new JsonArray());
        foreach (var column in predictor.Columns)
        {
            var isNumber = column.Kind == ColumnKind.Number;
            var property = new JsonObject { ["type"] = new JsonArray(isNumber ? "number" : "string", "null") };
            if (column.Kind == ColumnKind.Date) property["description"] = "A date.";
            if (column.Categories.Count > 0) property["examples"] = Names(column.Categories);
            else if (column.Typical is double typical) property["examples"] = new JsonArray(typical);
            properties[column.Name] = property;
            if (predictor.Model.Table!.Missing != MissingValues.Fill) required.Add((JsonNode)column.Name);
        }

        var row = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (required.Count > 0) row["required"] = required;
        return row;
    }

    private static JsonObject Text(Predictor predictor) => new()
    {
        ["type"] = "object",
        ["description"] = $"The beginning of a text, of which the last {predictor.InputShape[0]} tokens count; with a length it is gone on with.",
        ["required"] = new JsonArray("text"),
        ["properties"] = new JsonObject
        {
            ["text"] = Of("string"),
            ["length"] = new JsonObject { ["type"] = "integer", ["minimum"] = 0, ["description"] = "Tokens to write." },
            ["temperature"] = new JsonObject { ["type"] = "number", ["minimum"] = 0, ["default"] = 0.8 },
            ["top_k"] = new JsonObject { ["type"] = "integer", ["minimum"] = 1 },
            ["top_p"] = new JsonObject { ["type"] = "number", ["exclusiveMinimum"] = 0, ["maximum"] = 1 },
            ["seed"] = new JsonObject { ["type"] = "integer", ["minimum"] = 0 },
        },
    };

    private static JsonObject Numbers(Predictor predictor) => new()
    {
        ["type"] = "array",
        ["description"] = $"The numbers of a sample [{string.Join(", ", predictor.InputShape)}], flat or nested.",
        ["items"] = new JsonObject { ["type"] = new JsonArray("number", "array", "null") },
    };

    private static JsonObject Of(string type) => new() { ["type"] = type };

    private static JsonArray Names(IEnumerable<string> names) => [.. names.Select(static name => (JsonNode)name)];
}
