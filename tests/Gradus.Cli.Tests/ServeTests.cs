namespace Gradus.Cli.Tests;

public class ServeTests
{
    private const int Terminate = 15;

    [Fact]
    public void A_server_tells_where_it_listens_and_ends_cleanly_when_it_is_asked_to()
    {
        // given
        using var place = new Workplace();
        place.Run("train", "spirals", "--steps", "5", "--out", "run").Done();

        // when
        var result = Cli.RunAndSignal(Terminate, ["serve", "run/model.safetensors=spirals", "--port", "0", "--json"], place.Path, "listening");

        // then
        var line = result.Done().LastJson;
        Assert.StartsWith("http://127.0.0.1:", line.GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.Equal("spirals", line.GetProperty("models")[0].GetString());
    }

    [Fact]
    public void What_cannot_be_served_is_told()
    {
        // given
        using var place = new Workplace();
        place.Write("model.safetensors", "no model");

        // when, then
        place.Run("serve", "none.safetensors", "--port", "0").Failed(1, "none.safetensors");
        place.Run("serve", "model.safetensors", "--port", "0").Failed(1, "model.safetensors");
        place.Run("serve", "model.safetensors=a/b", "--port", "0").Failed(2, "The model name 'a/b' is no part of an address");
        place.Run("serve", "model.safetensors=a", "model.safetensors=A").Failed(2, "2 models are called 'a'; give each a name of its own: FILE=NAME.");
        place.Run("serve", "model.safetensors", "--host", "nowhere").Failed(2, "--host: 'nowhere' is no address");
    }
}
