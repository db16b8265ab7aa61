using Orders;

return await OrdersService.RunAsync(args, AppContext.BaseDirectory, Console.Error, CancellationToken.None);
