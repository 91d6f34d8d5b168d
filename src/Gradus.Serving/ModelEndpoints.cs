using System.Text.Json;
using Gradus.Data;
using Gradus.Extensions;
using Gradus.Training;
using Microsoft.AspNetCore.Http;

namespace Gradus.Serving;

/// <summary>What is answered of one model.</summary>
internal sealed class ModelEndpoints(GradusModel model, PredictionQueue queue, ServerOptions options)
{
    // Of a vocabulary nobody wants all.
    private const int LikelyTokens = 10;

    public void AddTo(Router router, string prefix, bool isFirst)
    {
        foreach (var path in isFirst ? [prefix, ""] : (string[])[prefix])
        {
            router.Add(HttpMethods.Post, $"{path}/predict", Predict);
            router.Add(HttpMethods.Post, $"{path}/explain", Explain);
            router.Add(HttpMethods.Get, $"{path}/model", Describe);
            router.Add(HttpMethods.Get, path.Length == 0 ? "/" : path, context =>
            {
                context.Response.Headers.ContentSecurityPolicy = TryPage.Policy;
                return JsonReply.Write(context, TryPage.Of(model, prefix), "text/html; charset=utf-8");
            });
        }
    }

    private Task Describe(HttpContext context) => JsonReply.Write(context, json => ModelDescription.Write(json, model, options));

    private Task Predict(HttpContext context) => InTime(context, async cancellation =>
    {
        var body = await RequestBody.Read(context.Request, cancellation).ConfigureAwait(false);
        var predictor = model.Current;
        if (body.TextRequestOf(model, predictor) is { } request)
        {
            var text = await queue.Run(stop => request.Write(predictor.Model, stop), cancellation).ConfigureAwait(false);
            await JsonReply.Write(context, json =>
            {
                json.WriteString("prompt", request.Prompt);
                json.WriteString("text", text);
                json.WriteNumber("temperature", request.Sampling.Temperature);
                json.WriteNumber("seed", request.Sampling.Seed);
            }).ConfigureAwait(false);
            return;
        }

        var (samples, areMany) = body.Prepare(model, predictor);
        var predictions = samples.Count == 0 ? [] : await queue.Predict(predictor, samples, cancellation).ConfigureAwait(false);
        await JsonReply.Write(context, json =>
        {
            if (!areMany)
            {
                Write(json, predictor, predictions[0]);
                return;
            }

            json.WriteStartArray("predictions");
            foreach (var prediction in predictions)
            {
                json.WriteStartObject();
                Write(json, predictor, prediction);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }).ConfigureAwait(false);
    });

    private Task Explain(HttpContext context) => InTime(context, async cancellation =>
    {
        var body = await RequestBody.Read(context.Request, cancellation).ConfigureAwait(false);
        var predictor = model.Current;
        var (samples, areMany) = body.Prepare(model, predictor);
        if (areMany) throw RequestException.Wrong("Got several samples, expected one to explain.");
        var query = context.Request.Query;
        var (method, className) = (query["method"].ToString(), query["class"].ToString());
        var explanation = await queue.Run(_ => Explanation.Of(predictor, samples[0], method, className), cancellation).ConfigureAwait(false);
        await JsonReply.Write(context, explanation.WriteTo).ConfigureAwait(false);
    });

    private static void Write(Utf8JsonWriter json, Predictor predictor, Prediction prediction)
    {
        if (predictor.Form != DataForm.Text)
        {
            prediction.WriteTo(json);
            return;
        }

        var values = prediction.Values.ToArray();
        json.WriteString("token", prediction.ClassName);
        json.WriteStartArray("next");
        foreach (var token in Enumerable.Range(0, values.Length).OrderByDescending(token => values[token]).Take(LikelyTokens))
        {
            json.WriteStartObject();
            json.WriteString("token", prediction.ClassNames![token]);
            json.WriteNumber("probability", values[token]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <exception cref="RequestException">It took too long.</exception>
    private async Task InTime(HttpContext context, Func<CancellationToken, Task> answer)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        stop.CancelAfter(options.Timeout);
        try
        {
            await answer(stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            throw RequestException.Busy(FormattableString.Invariant($"The answer was not there after {options.Timeout.TotalSeconds} seconds."));
        }
    }
}
