using Tidegate.Pipeline.Declared;

namespace Tidegate.Pipeline.Validation;

/// <summary>What synthetic users send is counted where it is meant to be.</summary>
internal static class UserValidator
{
    public static void Check(DeclaredPipeline pipeline, DeclaredProfile profile)
    {
        var endpoints = pipeline.Endpoints.Select(e => e.Value).ToList();
        foreach (var user in profile.Users)
        {
            if (user.Value is not { Method: { } method, Path: { } path }) continue;
            if (Endpoints.Serving(endpoints, method, path) is null)
            {
                user.At.Member("path").Refuse(Code.UnknownEndpoint, $"{method} {Foreign.Line(path, 80)} belongs to none of the endpoints.", NearestName.Advice($"{method} {path}", endpoints));
            }

            if (user.Value.Body is not null && method is "GET" or "HEAD" or "DELETE")
            {
                user.At.Member("body").Refuse(Code.UserBodyUnsent, $"a {method} has no body.", "Remove \"body\", or send it with POST, PUT or PATCH.");
            }
        }

        if (profile.Users.Count > 0 && profile.Users.All(u => u.Value.Weight == 0))
        {
            profile.Users[0].At.Member("weight").Refuse(Code.UsersIdle, "every user's weight is 0, so none would send anything.", "Give at least one a weight above 0, or leave \"users\" out.");
        }
    }
}
