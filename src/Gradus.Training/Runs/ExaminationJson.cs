using System.Text.Json;
using Gradus.Nn;

namespace Gradus.Training;

/// <summary>An examination as JSON: <c>healthy</c>, <c>findings</c>, <c>layers</c>.</summary>
public static class ExaminationJson
{
    /// <summary>Writes the members of an examination into the object that is open.</summary>
    public static void Write(Utf8JsonWriter json, Examination examination)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(examination);
        json.WriteBoolean("healthy", examination.IsHealthy);
        EventJson.Real(json, "loss", examination.Loss);
        json.WriteStartArray("findings");
        foreach (var finding in examination.Findings)
        {
            json.WriteStartObject();
            json.WriteString("illness", finding.Name.Replace(' ', '-'));
            json.WriteString("severity", finding.Severity == Severity.Illness ? "illness" : "advice");
            json.WriteString("path", finding.Path);
            json.WriteString("type", finding.Type);
            json.WriteString("figure", finding.Figure);
            json.WriteString("meaning", finding.Meaning);
            json.WriteString("remedy", finding.Remedy);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("layers");
        foreach (var layer in examination.Layers) Write(json, layer);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, LayerFlow layer)
    {
        json.WriteStartObject();
        json.WriteString("path", layer.Path);
        json.WriteString("type", layer.Type);
        json.WriteNumber("calls", layer.Calls);
        Real(json, "activation", layer.Activation);
        Real(json, "gradient", layer.Gradient);
        Real(json, "gradient_ratio", layer.GradientRatio);
        Real(json, "weight", layer.Weight);
        Real(json, "weight_gradient", layer.WeightGradient);
        Real(json, "update", layer.Update);
        Real(json, "update_ratio", layer.UpdateRatio);
        json.WriteStartArray("activations");
        foreach (var activation in layer.Activations)
        {
            json.WriteStartObject();
            json.WriteString("operator", activation.Operator);
            json.WriteNumber("evaluations", activation.Evaluations);
            json.WriteNumber("units", activation.Units);
            EventJson.Real(json, "zero_share", activation.ZeroShare);
            if (activation.DeadUnits is { } dead) json.WriteNumber("dead_units", dead);
            if (activation.SaturatedShare is { } share) EventJson.Real(json, "saturated_share", share);
            Real(json, "first_gradient", activation.FirstGradient);
            Real(json, "last_gradient", activation.LastGradient);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Real(Utf8JsonWriter json, string name, double? value) => EventJson.Real(json, name, value ?? double.NaN);
}
