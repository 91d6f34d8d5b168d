using System.Globalization;
using System.Net;
using System.Net.Sockets;

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

    [Fact]
    public void An_address_that_cannot_be_listened_on_is_told_in_one_line()
    {
        // given
        using var place = new Workplace();
        place.Run("train", "xor", "--steps", "2", "--out", "run").Done();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        // when, then
        place.Run("serve", "run/model.safetensors", "--port", port).Failed(1, $"cannot listen on 127.0.0.1:{port}: another program listens there.");
        // An address that is kept for examples.
        place.Run("serve", "run/model.safetensors", "--host", "192.0.2.1", "--port", "0").Failed(1, "192.0.2.1:0: this machine has no such address.");
    }
}
