using SensorApp.ServiceDefaults.Settings;

namespace SensorApp.Mocks.Authentication;

public static class SignatureRegistration
{
    /// <exception cref="InvalidSettingException">The configured key pairs cannot be read.</exception>
    public static IServiceCollection AddSignatureVerification(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(new AccessKeys(
            KnownSettings.MocksAccessKeys.Read(configuration), KnownSettings.MocksAcceptAnyKey.Read(configuration)));
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<KnownClaims>();
        services.AddSingleton<SignatureVerifier>();
        return services;
    }
}
