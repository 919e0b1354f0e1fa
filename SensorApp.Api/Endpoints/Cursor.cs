using System.Buffers.Text;
using System.Globalization;
using System.Text;
using SensorApp.Api.Storage;

namespace SensorApp.Api.Endpoints;

/// <summary>Cursors as clients see them: opaque text that stands for a place.</summary>
public static class Cursor
{
    private const char Separator = '|';

    public static string Encode(string place) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(place));

    public static string Encode(ListPosition position) =>
        Encode(string.Create(CultureInfo.InvariantCulture, $"{position.UploadTime.UtcTicks}{Separator}{position.FileId}"));

    public static bool TryDecode(string cursor, out string place)
    {
        place = "";

        if (!Base64Url.IsValid(cursor))
        {
            return false;
        }

        place = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
        return true;
    }

    public static bool TryDecode(string cursor, out ListPosition position)
    {
        position = new ListPosition(DateTimeOffset.MinValue, "");

        if (!TryDecode(cursor, out string place)
            || place.Split(Separator) is not [var ticksText, var fileId]
            || !long.TryParse(ticksText, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            || ticks > DateTimeOffset.MaxValue.Ticks
            || !FileIds.IsValid(fileId))
        {
            return false;
        }

        position = new ListPosition(new DateTimeOffset(ticks, TimeSpan.Zero), fileId);
        return true;
    }
}
