using System.Text;
using System.Text.Json.Nodes;
using Gradus.Extensions;

namespace Gradus.Serving;

/// <summary>The description of the server in OpenAPI 3.1, made from the models.</summary>
internal static class OpenApiDocument
{
    public static byte[] Of(IReadOnlyList<GradusModel> models)
    {
        var (paths, schemas) = (new JsonObject(), new JsonObject { ["Problem"] = OpenApiSchemas.Problem() });
        for (var index = 0; index < models.Count; index++)
        {
            var (name, predictor) = (models[index].Name, models[index].Current);
            schemas[$"{name}.Sample"] = OpenApiSchemas.Sample(predictor);
            schemas[$"{name}.Prediction"] = OpenApiSchemas.Prediction(predictor);
            if (index == 0) AddPaths(paths, "", name, ModelDescription.FormOf(predictor));
            AddPaths(paths, $"/models/{name}", name, ModelDescription.FormOf(predictor));
        }

        paths["/models"] = Get("models", "All models.", "application/json");
        paths["/health"] = Get("health", "Whether the models predict, and by which versions.", "application/json");
        paths["/metrics"] = Get("metrics", "Figures in the text format of Prometheus.", "text/plain");
        var document = new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "Models of Gradus", ["version"] = models[0].Current.Model.Record.Gradus },
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = schemas },
        };
        return Encoding.UTF8.GetBytes(document.ToJsonString());
    }

    private static void AddPaths(JsonObject paths, string prefix, string name, string form)
    {
        var id = prefix.Length == 0 ? "" : $"_{name}";
        paths[$"{prefix}/predict"] = new JsonObject { ["post"] = Predict(id, name, form) };
        paths[$"{prefix}/explain"] = new JsonObject { ["post"] = Explain(id, name, form) };
        paths[$"{prefix}/model"] = Get($"model{id}", "What the model takes and gives.", "application/json");
    }

    private static JsonObject Predict(string id, string name, string form) => new()
    {
        ["operationId"] = $"predict{id}",
        ["summary"] = "Predicts a sample, or several under rows.",
        ["requestBody"] = Body(form, OneOf(Ref($"{name}.Sample"), new JsonObject
        {
            ["type"] = "object",
            ["required"] = new JsonArray("rows"),
            ["properties"] = new JsonObject { ["rows"] = new JsonObject { ["type"] = "array", ["items"] = Ref($"{name}.Sample") } },
        })),
        ["responses"] = Responses(OneOf(Ref($"{name}.Prediction"), new JsonObject
        {
            ["type"] = "object",
            ["required"] = new JsonArray("predictions"),
            ["properties"] = new JsonObject { ["predictions"] = new JsonObject { ["type"] = "array", ["items"] = Ref($"{name}.Prediction") } },
        })),
    };

    private static JsonObject Explain(string id, string name, string form) => new()
    {
        ["operationId"] = $"explain{id}",
        ["summary"] = "Says which parts of a sample mattered for what the model says of it.",
        ["parameters"] = new JsonArray(
            Parameter("method", "A method of the model's list of explanations, or all. Default: the first of the list."),
            Parameter("class", "The class that is explained. Default: the most probable one.")),
        ["requestBody"] = Body(form, Ref($"{name}.Sample")),
        ["responses"] = Responses(new JsonObject { ["type"] = "object" }),
    };

    private static JsonObject Parameter(string name, string description) => new()
    {
        ["name"] = name,
        ["in"] = "query",
        ["description"] = description,
        ["schema"] = new JsonObject { ["type"] = "string" },
    };

    private static JsonObject Body(string form, JsonObject schema)
    {
        var content = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = schema } };
        if (form is "text" or "sentence") content["text/plain"] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "string" } };
        if (form == "picture") content["image/*"] = new JsonObject { ["schema"] = new JsonObject() };
        return new JsonObject { ["required"] = true, ["content"] = content };
    }

    private static JsonObject Responses(JsonObject schema)
    {
        var responses = new JsonObject { ["200"] = Response("What the model says.", "application/json", schema) };
        foreach (var (status, reason) in (ReadOnlySpan<(string, string)>)[
            ("400", "The body is wrong; the detail says why."), ("413", "The body is too large."),
            ("415", "The body is of a type that no model takes."), ("503", "Too much waits, or it took too long; try again.")])
            responses[status] = Response(reason, "application/problem+json", Ref("Problem"));
        return responses;
    }

    private static JsonObject Get(string id, string summary, string type) => new()
    {
        ["get"] = new JsonObject
        {
            ["operationId"] = id,
            ["summary"] = summary,
            ["responses"] = new JsonObject
            {
                ["200"] = Response(summary, type, new JsonObject { ["type"] = type == "text/plain" ? "string" : "object" }),
            },
        },
    };

    private static JsonObject Response(string description, string type, JsonObject schema) => new()
    {
        ["description"] = description,
        ["content"] = new JsonObject { [type] = new JsonObject { ["schema"] = schema } },
    };

    private static JsonObject OneOf(JsonObject one, JsonObject other) => new() { ["oneOf"] = new JsonArray(one, other) };

    private static JsonObject Ref(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };
}
