using SensorApp.Api;
using SensorApp.Api.Endpoints.Safety;
using SensorApp.Api.Services.Uploads;
using SensorApp.ServiceDefaults;
using SensorApp.ServiceDefaults.Settings;

namespace SensorApp.Tests.ServiceDefaults;

public sealed class SectionRangesTests
{
    [Fact]
    public void Validate_ValuesOutOfRange_NamesEachWithItsValueAndWhatIsAllowed()
    {
        var result = new SectionRanges<UploadLimits>("Uploads").Validate(name: null, new UploadLimits { MaxFields = 0, MaxDuration = TimeSpan.FromDays(2) });

        Assert.Equal(
            ["Uploads:MaxFields is '0', but must be from 1 to 1000.", "Uploads:MaxDuration is '2.00:00:00', but must be from 00:00:01 to 23:00:00."], result.Failures);
    }

    [Fact]
    public void Validate_LargerThanAnyNumberOfItsRange_IsNotAllowed()
    {
        var result = new SectionRanges<RequestLimits>("Limits").Validate(name: null, new RequestLimits { MaxBodyBytes = long.MaxValue });

        Assert.Equal(["Limits:MaxBodyBytes is '9223372036854775807', but must be from 0 to 1073741824."], result.Failures);
    }

    [Theory]
    [InlineData("--Limits:RequestsPerMinute=x")]
    [InlineData("--Limits:RequestsPerMinute=-1")]
    [InlineData("--Uploads:MaxDuration=soon")]
    [InlineData("--FileLog:MaxFileMb=many")]
    [InlineData("--API_KEYS=,")]
    public async Task Start_ValueOfASectionNotAllowed_EndsWithAMessage(string argument)
    {
        var exitCode = await ServiceStartup.RunAsync(ServiceIdentity.Api, [], () => ApiApplication.Build(["--urls=http://127.0.0.1:0", "--LOG_LEVEL=NONE", argument]));

        Assert.Equal(1, exitCode);
    }
}
