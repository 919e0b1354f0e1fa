Console.WriteLine("SensorApp");
